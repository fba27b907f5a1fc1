// @ts-check
/** The standard library's own tests of sockets pass in the page, save those named here. */

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { killAll } from "../process/running.js";
import { MISSING, runStandardTests, standardTests } from "./standard_tests.js";

const UDP_LITE = "no page uses UDP-Lite, a protocol that the network in the page lacks";
const IPV6_ANCILLARY = "no page reads hop limits and traffic classes, ancillary data of RFC 3542";
const OPEN_FILES = "each program in the page has a disk of its own, so open files cannot be passed";
const OF_3_14 = "Python 3.14 raises ValueError, as its own tests say, where 3.13 had OverflowError";

/** What is not even run, since each would wait for its deadline: the reasons by class. */
const LEFT_OUT = {
  "test_socket.BasicUDPLITETest": UDP_LITE,
  "test_socket.RecvmsgUDPLITETest": UDP_LITE,
  "test_socket.RecvmsgUDPLITE6Test": UDP_LITE,
  "test_socket.RecvmsgIntoUDPLITETest": UDP_LITE,
  "test_socket.RecvmsgIntoUDPLITE6Test": UDP_LITE,
  "test_socket.RecvmsgRFC3542AncillaryUDPLITE6Test": UDP_LITE,
  "test_socket.RecvmsgIntoRFC3542AncillaryUDPLITE6Test": UDP_LITE,
  "test_socket.SendmsgUDPLITETest": UDP_LITE,
  "test_socket.SendmsgUDPLITE6Test": UDP_LITE,
  "test_socket.UDPLITETimeoutTest": UDP_LITE,
  "test_socket.RecvmsgRFC3542AncillaryUDP6Test": IPV6_ANCILLARY,
  "test_socket.RecvmsgIntoRFC3542AncillaryUDP6Test": IPV6_ANCILLARY,
  "test_socket.RecvmsgSCMRightsStreamTest": OPEN_FILES,
  "test_socket.RecvmsgIntoSCMRightsStreamTest": OPEN_FILES,
};

/** What fails: the reasons by test. */
const FAILING = {
  "test_socket.GeneralModuleTests.testInvalidInterfaceIndexToName": OF_3_14,
  "test_socket.GeneralModuleTests.testNtoHErrors": OF_3_14,
  "test_socket.GeneralModuleTests.testRefCountGetNameInfo":
    "it counts references, and the traceback of a function in Python holds one more",
  "test_socket.GeneralModuleTests.test_socket_type":
    "the class is written in Python, whose classes can be changed",
  "test_socket.SendRecvFdsTests.testSendAndRecvFds": OPEN_FILES,
};

/** At least so many pass; fewer would mean that tests are skipped for a new reason. */
const PASSING = { test_select: 5, test_selectors: 68, test_socketserver: 20, test_socket: 399 };

const folder = standardTests();
const options = { skip: folder === null && MISSING, timeout: 1_200_000 };

afterEach(killAll);

for (const [module, passing] of Object.entries(PASSING)) {
  test(`${module} of CPython`, options, async (context) => {
    const isOfModule = (/** @type {string} */ name) => name.startsWith(`${module}.`);
    const leftOut = Object.keys(LEFT_OUT).filter(isOfModule);
    const { passed, skipped, failed, stuckAt } = await runStandardTests(
      /** @type {string} */ (folder),
      module,
      leftOut,
    );
    context.diagnostic(`${passed.length} passed, ${failed.size} failed, ${skipped.length} skipped`);
    assert.equal(stuckAt, null, "this test does not end");
    const unexpected = [...failed].filter(([name]) => !(name in FAILING));
    assert.deepEqual(unexpected, []);
    const repaired = Object.keys(FAILING).filter(isOfModule).filter((name) => !failed.has(name));
    assert.deepEqual(repaired, [], "these pass now: take them out of the table");
    assert.ok(passed.length >= passing, `${passed.length} passed, ${passing} did before`);
  });
}
