import Foundation
import HTTP
import JSON
import Model
import Testing

@testable import Core

@Suite("An edit")
struct EditTests {
    static let path = "/api/v1/namespaces/payments/configmaps/app"
    let bench: DeskBench
    let map = ObjectReference(
        environment: "sandbox",
        kind: .configMaps, namespace: "payments", name: "app", uid: "u-app")

    init() throws {
        bench = try DeskBench()
        put(data: #"{"level":"info","size":"10"}"#, version: "7")
    }

    private func put(data: String, version: String) {
        bench.cluster.put(
            Self.path,
            """
            {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"app","namespace":"payments","uid":"u-app",
            "resourceVersion":"\(version)","managedFields":[{"manager":"kubectl"}]},"data":\(data)}
            """)
    }

    private func write(_ request: EditorRequest?, _ change: (String) -> String) throws {
        let request = try #require(request)
        let url = URL(filePath: request.path)
        try Data(change(try String(contentsOf: url, encoding: .utf8)).utf8).write(to: url)
    }

    @Test("opens a file that only its owner can read, without the server's books")
    func file() async throws {
        let request = try #require(await bench.plan(.edit, on: [map]).editor)
        let text = try String(contentsOfFile: request.path, encoding: .utf8)
        #expect(
            text == """
                # configmap/app in sandbox, payments. Lines with # above the text are left out; an empty text drops the edit.
                apiVersion: v1
                data:
                  level: info
                  size: "10"
                kind: ConfigMap
                metadata:
                  name: app
                  namespace: payments
                  resourceVersion: "7"
                  uid: u-app

                """)
        let mode = try FileManager.default.attributesOfItem(atPath: request.path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        bench.desk.edited(ActionID(1), status: 0)
        #expect(await bench.rest().refusal == ActionRefusal(.invalid, "nothing was changed"))
        #expect(!FileManager.default.fileExists(atPath: request.path))
        #expect(bench.cluster.writes == [])
    }

    @Test("is shown as a difference, checked by the server, sent with the version that was seen, and can be undone")
    func sent() async throws {
        try write(await bench.plan(.edit, on: [map]).editor) { $0.replacing("level: info", with: "level: debug") }
        bench.desk.edited(ActionID(1), status: 0)
        let plan = try #require(await bench.rest().plan)
        #expect(
            plan.difference.filter { $0.kind == .added || $0.kind == .removed } == [
                DifferenceLine(.removed, "  level: info"), DifferenceLine(.added, "  level: debug"),
            ])
        #expect(bench.cluster.changes == [])
        bench.desk.confirm(ActionID(1), typed: "")
        let report = try #require(await bench.rest().report)
        #expect(report.summary == "configmap/app: changed")
        #expect(bench.cluster.object(Self.path)?[path: ["data", "level"]] == .string("debug"))
        #expect(
            bench.audit.lines.last?.contains(#""before":{"data.level":"info"},"after":{"data.level":"debug"}"#) == true)
        let undo = try #require(report.undo)
        _ = await bench.carryOut(undo.action.verb, on: undo.action.objects, number: 2)
        #expect(bench.cluster.object(Self.path)?[path: ["data", "level"]] == .string("info"))
    }

    @Test("with broken YAML is kept and opened once more at the line, with the reason above it")
    func broken() async throws {
        try write(await bench.plan(.edit, on: [map]).editor) { $0.replacing("level: info", with: "level: [debug") }
        bench.desk.edited(ActionID(1), status: 0)
        let request = try #require(await bench.rest().editor)
        let lines = try String(contentsOfFile: request.path, encoding: .utf8).split(separator: "\n").map(String.init)
        #expect(lines[0].hasPrefix("# line 4: not YAML: "))
        #expect(request.problem.hasPrefix("line 4: not YAML: "))
        #expect(lines.contains("  level: [debug"))
        #expect(request.line == lines.firstIndex(of: "  level: [debug").map { $0 + 2 })
        #expect(bench.cluster.writes == [])
    }

    @Test("that the server refuses is opened once more at the field, with every reason")
    func refused() async throws {
        bench.cluster.answer(
            "PUT \(Self.path)?dryRun", status: 422,
            #"{"kind":"Status","reason":"Invalid","message":"ConfigMap \"app\" is invalid: data[level]: Invalid value: \"x\": must be a word","details":{"causes":[{"reason":"FieldValueInvalid","message":"Invalid value: \"x\": must be a word","field":"data.level"}]},"code":422}"#
        )
        try write(await bench.plan(.edit, on: [map]).editor) { $0.replacing("level: info", with: "level: x") }
        bench.desk.edited(ActionID(1), status: 0)
        let request = try #require(await bench.rest().editor)
        let lines = try String(contentsOfFile: request.path, encoding: .utf8).split(separator: "\n").map(String.init)
        #expect(lines[0] == #"# ConfigMap "app" is invalid: data[level]: Invalid value: "x": must be a word"#)
        #expect(lines[request.line - 1] == "  level: x")
    }

    @Test("is merged with what somebody else changed meanwhile")
    func merged() async throws {
        try write(await bench.plan(.edit, on: [map]).editor) { $0.replacing("level: info", with: "level: debug") }
        put(data: #"{"level":"info","size":"20"}"#, version: "8")
        bench.desk.edited(ActionID(1), status: 0)
        let plan = try #require(await bench.rest().plan)
        #expect(plan.warnings == ["somebody changed it meanwhile: your changes were merged with theirs"])
        #expect(plan.facts.contains(.init("changed by others", "data.size")))
        bench.desk.confirm(ActionID(1), typed: "")
        #expect(await bench.rest().report?.summary == "configmap/app: changed")
        let data = bench.cluster.object(Self.path)?["data"]
        #expect(data == .object(["level": .string("debug"), "size": .string("20")]))
    }

    @Test("of a field that somebody else changed too goes back to the editor and overwrites nothing")
    func conflict() async throws {
        try write(await bench.plan(.edit, on: [map]).editor) { $0.replacing("level: info", with: "level: debug") }
        put(data: #"{"level":"error","size":"10"}"#, version: "8")
        bench.desk.edited(ActionID(1), status: 0)
        let request = try #require(await bench.rest().editor)
        let text = try String(contentsOfFile: request.path, encoding: .utf8)
        #expect(
            text.hasPrefix(
                "# data.level was changed by somebody else meanwhile:\n#   theirs: error\n#   yours:  debug (in the text below)\n"
            ))
        #expect(bench.cluster.object(Self.path)?[path: ["data", "level"]] == .string("error"))
        bench.desk.edited(ActionID(1), status: 0)
        #expect(await bench.rest().plan != nil)
        bench.desk.confirm(ActionID(1), typed: "")
        _ = await bench.rest()
        #expect(bench.cluster.object(Self.path)?[path: ["data", "level"]] == .string("debug"))
    }

    @Test("that is overtaken between plan and request is merged and shown once more")
    func overtaken() async throws {
        try write(await bench.plan(.edit, on: [map]).editor) { $0.replacing("level: info", with: "level: debug") }
        bench.desk.edited(ActionID(1), status: 0)
        #expect(await bench.rest().plan != nil)
        put(data: #"{"level":"info","size":"30"}"#, version: "9")
        bench.desk.confirm(ActionID(1), typed: "")
        #expect(
            await bench.rest().plan?.warnings == ["somebody changed it meanwhile: your changes were merged with theirs"]
        )
        #expect(bench.cluster.object(Self.path)?[path: ["data", "level"]] == .string("info"))
        bench.desk.confirm(ActionID(1), typed: "")
        #expect(await bench.rest().report?.summary == "configmap/app: changed")
        let data = bench.cluster.object(Self.path)?["data"]
        #expect(data == .object(["level": .string("debug"), "size": .string("30")]))
    }

    @Test("of an object that was deleted meanwhile says so and keeps the text")
    func deleted() async throws {
        let request = await bench.plan(.edit, on: [map]).editor
        try write(request) { $0.replacing("level: info", with: "level: debug") }
        bench.cluster.remove(Self.path)
        bench.desk.edited(ActionID(1), status: 0)
        let refusal = try #require(await bench.rest().refusal)
        #expect(refusal.kind == .changed)
        #expect(refusal.hint == "your text is kept in \(request?.path ?? "")")
    }

    @Test("leaves no file behind when the program ends")
    func ending() async throws {
        let request = try #require(await bench.plan(.edit, on: [map]).editor)
        bench.desk.close()
        #expect(!FileManager.default.fileExists(atPath: request.path))
    }

    @Test("cannot rename the object")
    func renamed() async throws {
        try write(await bench.plan(.edit, on: [map]).editor) { $0.replacing("name: app", with: "name: other") }
        bench.desk.edited(ActionID(1), status: 0)
        #expect(await bench.rest().editor?.problem == "line 7: metadata.name cannot be changed in an edit")
    }

    @Test("of a secret leaves neither a file nor a value in the audit file behind")
    func secret() async throws {
        bench.cluster.put(
            "/api/v1/namespaces/payments/secrets/db",
            #"{"apiVersion":"v1","kind":"Secret","metadata":{"name":"db","namespace":"payments","uid":"u-db","resourceVersion":"3"},"data":{"password":"aHVudGVyMg=="}}"#
        )
        let secret = ObjectReference(
            environment: "sandbox", kind: .secrets, namespace: "payments", name: "db", uid: "u-db")
        let request = await bench.plan(.edit, on: [secret]).editor
        try write(request) { $0.replacing("aHVudGVyMg==", with: "c2VjcmV0") }
        bench.desk.edited(ActionID(1), status: 0)
        let plan = try #require(await bench.rest().plan)
        #expect(plan.difference.allSatisfy { !$0.text.contains("c2VjcmV0") && !$0.text.contains("aHVudGVyMg") })
        bench.desk.confirm(ActionID(1), typed: "")
        #expect(await bench.rest().report?.summary == "secret/db: changed")
        #expect(!FileManager.default.fileExists(atPath: request?.path ?? ""))
        #expect(bench.audit.lines.allSatisfy { !$0.contains("c2VjcmV0") && !$0.contains("aHVudGVyMg") })
        #expect(bench.audit.lines.last?.contains(#""after":{"data.password":"(hidden)"}"#) == true)
    }
}
