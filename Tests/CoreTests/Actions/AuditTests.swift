import Backends
import Foundation
import JSON
import Model
import Testing

@testable import Core

@Suite("The audit file")
struct AuditTests {
    @Test("has a line before and a line after, with who, where, what, which object, and what it was before")
    func lines() async throws {
        let bench = try DeskBench()
        bench.addNode("node-1")
        bench.addNode("node-2")
        _ = await bench.carryOut(.cordon, on: [DeskBench.node("node-1")])
        let head =
            #""id":"run-1","user":"ada","login":"ada","host":"desk-1","environment":"sandbox","server":"https://sandbox.lantern.example:6443","action":"cordon","objects":[{"kind":"nodes","name":"node-1","uid":"u-node-1"}],"confirmed":"enter""#
        #expect(
            bench.audit.lines == [
                #"{"time":"2023-11-14T22:13:20Z","event":"begin",\#(head)}"#,
                #"{"time":"2023-11-14T22:13:20Z","event":"end",\#(head),"answer":"node/node-1: cordoned","results":[{"object":"node/node-1","state":"done","answer":"cordoned","before":{"spec.unschedulable":"false"},"after":{"spec.unschedulable":"true"}}]}"#,
            ])
    }

    @Test("says that a protected environment's name was typed, and that read-only was lifted")
    func protected() async throws {
        let bench = try DeskBench(
            "environments:\n  production: { protected: true, readOnly: true }\n", pacer: ManualPacer())
        bench.addPod("api-1")
        try bench.desk.lift("production", seconds: 60, typed: "production")
        bench.cluster.afterDelete { cluster, _ in cluster.addPod("api-9") }
        let pod = DeskBench.pod("api-1", in: "production")
        let report = await bench.carryOut(.restart, on: [pod], in: "production", typed: "production").report
        #expect(report?.summary == "pod/api-1: api-9 is ready")
        try #require(bench.audit.lines.count == 3)
        #expect(bench.audit.lines[0].contains(#""event":"lift""#))
        #expect(bench.audit.lines[1].contains(#""protected":true"#))
        #expect(bench.audit.lines[1].contains(#""confirmed":"typed","readOnlyLiftedUntil":"2023-11-14T22:14:20Z""#))
    }

    @Test("that cannot be written stops a change of a protected environment with a clear word")
    func fullDisk() async throws {
        let bench = try DeskBench(audit: AuditFile(file: URL(filePath: "/dev/full")))
        bench.addPod("api-1")
        let pod = DeskBench.pod("api-1", in: "production")
        let refusal = await bench.carryOut(.restart, on: [pod], in: "production", typed: "production").refusal
        #expect(
            refusal
                == ActionRefusal(
                    .audit, "cannot write the audit file /dev/full: no space left on device",
                    hint: "make room on the disk, then try again"))
        #expect(bench.cluster.changes == [])
    }

    @Test("that cannot be written is told of where nothing is protected")
    func fullDiskElsewhere() async throws {
        let bench = try DeskBench(audit: FullDisk())
        bench.addNode("node-1")
        let report = await bench.carryOut(.cordon, on: [DeskBench.node("node-1")]).report
        #expect(
            report?.summary
                == "node/node-1: cordoned; not written down: cannot write the audit file: no space left on device")
    }

    @Test("is readable by its owner only, in a folder of their own, and only ever grows")
    func file() throws {
        let folder = try TemporaryFolder()
        let place = folder.url.appending(path: "state/midwatch")
        let file = AuditFile(folder: place)
        try file.append(Array("one\n".utf8))
        try file.append(Array("two\n".utf8))
        #expect(try String(contentsOf: file.url, encoding: .utf8) == "one\ntwo\n")
        func mode(_ url: URL) throws -> Int? {
            try FileManager.default.attributesOfItem(atPath: url.path)[.posixPermissions] as? Int
        }
        #expect(try mode(file.url) == 0o600)
        #expect(try mode(place) == 0o700)
    }

    @Test("is told back as a story, and a line that was cut short is passed over")
    func story() throws {
        let folder = try TemporaryFolder()
        let file = AuditFile(folder: folder.url)
        try file.append(
            Array(
                (#"{"time":"2026-11-22T10:00:00Z","event":"end","user":"admin","login":"ada","environment":"sandbox","action":"restart","objects":[{"kind":"pods","namespace":"payments","name":"api-1"}],"answer":"restarted"}"#
                    + "\n" + #"{"time":"2026-1"# + "\n").utf8))
        let lines = try AuditStory(folder: folder.url).lines
        #expect(lines.count == 1)
        #expect(lines[0].person == "ada as admin")
        #expect(lines[0].objects == "pods/payments/api-1")
    }

    @Test("knows that a value was looked at, never the value; which is forgotten after a while")
    func reveal() async throws {
        let bench = try DeskBench()
        bench.cluster.put(
            "/api/v1/namespaces/payments/secrets/db",
            #"{"metadata":{"name":"db","namespace":"payments","uid":"u-db"},"data":{"password":"aHVudGVyMg=="}}"#)
        let secret = ObjectReference(
            environment: "sandbox", kind: .secrets, namespace: "payments", name: "db", uid: "u-db")
        let report = try #require(await bench.carryOut(.reveal(key: "password"), on: [secret]).report)
        #expect(report.revealed?.text == "hunter2")
        #expect("\(String(describing: report.revealed))".contains("hunter2") == false)
        #expect(bench.audit.lines.contains { $0.contains(#""event":"reveal""#) && $0.contains("reveal password") })
        #expect(bench.audit.lines.allSatisfy { !$0.contains("hunter2") && !$0.contains("aHVudGVyMg") })
        while true {
            if case .finished(let report) = await bench.rest(), report.revealed == nil { break }
            await Task.yield()
        }
    }
}
