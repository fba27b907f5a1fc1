// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";

import { addressOf, endpointOf, reachOf } from "../../../src/live_pages/network/addresses.js";
import { AF_INET, AF_INET6 } from "../../../src/live_pages/network/constants.js";

for (const [written, shown] of [
  ["::1", "::1"],
  ["0:0:0:0:0:0:0:1", "::1"],
  ["1:0:0:2:0:0:0:3", "1:0:0:2::3"],
  ["2001:DB8::1", "2001:db8::1"],
  ["1::", "1::"],
  ["::ffff:127.0.0.1", "::ffff:127.0.0.1"],
  ["1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"],
]) {
  test(`${written} is shown as ${shown}`, () => {
    assert.deepEqual(addressOf(endpointOf([written, 7], AF_INET6), AF_INET6), [shown, 7, 0, 0]);
  });
}

test("an IPv4 address written as IPv6 is the same endpoint", () => {
  assert.deepEqual(endpointOf(["::ffff:127.0.0.1", 7], AF_INET6), {
    family: AF_INET,
    host: "127.0.0.1",
    port: 7,
  });
});

for (const wrong of [["localhost", 1], ["1.2.3", 1], ["1.2.3.256", 1], ["127.0.0.1", 65536], "x"]) {
  test(`${JSON.stringify(wrong)} is no address`, () => {
    assert.throws(() => endpointOf(wrong, AF_INET), { code: "EINVAL" });
  });
}

for (const wrong of ["1::2::3", "1:2:3", "1:2:3:4:5:6:7:8:9", "g::", "::12345"]) {
  test(`${wrong} is no IPv6 address`, () => {
    assert.throws(() => endpointOf([wrong, 1], AF_INET6), { code: "EINVAL" });
  });
}

test("what lies where", () => {
  /** @param {string} host */
  const reach = (host) => reachOf(endpointOf([host, 1], host.includes(":") ? AF_INET6 : AF_INET));
  assert.deepEqual(
    ["0.0.0.0", "127.9.9.9", "127.255.255.255", "239.1.2.3", "192.0.2.1", "::", "::1", "ff02::1", "::2"]
      .map(reach),
    ["wildcard", "local", "broadcast", "multicast", "elsewhere", "wildcard", "local", "multicast",
      "elsewhere"],
  );
});
