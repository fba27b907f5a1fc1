"""A connection that is encrypted without a certificate, and one whose other end speaks plainly."""

import socket
import ssl
import threading


def context(purpose):
    made = ssl.SSLContext(purpose)
    made.check_hostname = False
    made.verify_mode = ssl.CERT_NONE
    made.maximum_version = ssl.TLSVersion.TLSv1_2
    made.set_ciphers("aNULL:@SECLEVEL=0")
    return made


server = socket.create_server(("127.0.0.1", 0))


def serve():
    connection, _ = server.accept()
    with context(ssl.PROTOCOL_TLS_SERVER).wrap_socket(connection, server_side=True) as encrypted:
        encrypted.sendall(encrypted.recv(100).upper())
    connection, _ = server.accept()
    with connection:
        connection.recv(10_000)
        connection.sendall(b"this is no handshake\n")


plain = socket.create_connection(server.getsockname())
thread = threading.Thread(target=serve)
thread.start()
with context(ssl.PROTOCOL_TLS_CLIENT).wrap_socket(plain) as client:
    print(plain, client, client.version())
    client.sendall(b"secret")
    print(client.recv(100), client.recv(100))
print(client.fileno())
wrong = socket.create_connection(server.getsockname())
try:
    context(ssl.PROTOCOL_TLS_CLIENT).wrap_socket(wrong)
finally:
    thread.join()
