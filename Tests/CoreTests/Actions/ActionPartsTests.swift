import Backends
import JSON
import Model
import Testing

@testable import Core

@Suite("The parts of actions")
struct ActionPartsTests {
    @Test(
        "images that can be",
        arguments: [
            "nginx", "nginx:1.27", "library/nginx", "registry.example:5000/a/b_c/d--e:v1.2", "localhost/x",
            "ghcr.io/a/b@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        ])
    func images(text: String) { #expect(ImageReference.fault(text) == nil) }

    @Test(
        "images that cannot be",
        arguments: ["", "Nginx", "nginx:", "nginx:a b", "a//b", "-a", "a@sha256:12", "nginx:1:2", "a..b", "ü"])
    func badImages(text: String) { #expect(ImageReference.fault(text) != nil) }

    @Test("a three-way merge takes what only one side changed, also in lists told apart by name")
    func merge() throws {
        func tree(_ json: String) throws -> JSONTree { JSONTree(try JSONValue.parse(json)) }
        let merge = ThreeWayMerge(
            base: try tree(#"{"a":1,"b":[{"name":"x","v":1},{"name":"y","v":1}],"c":[1,2]}"#),
            mine: try tree(#"{"a":1,"b":[{"name":"x","v":2},{"name":"y","v":1}],"c":[1,2],"d":5}"#),
            theirs: try tree(#"{"a":9,"b":[{"name":"x","v":1},{"name":"y","v":3},{"name":"z"}],"c":[1,2]}"#))
        #expect(merge.conflicts == [])
        #expect(
            merge.merged
                == (try tree(#"{"a":9,"b":[{"name":"x","v":2},{"name":"y","v":3},{"name":"z"}],"c":[1,2],"d":5}"#)))
    }

    @Test("a three-way merge names what both sides changed, down to the field")
    func conflicts() throws {
        func tree(_ json: String) throws -> JSONTree { JSONTree(try JSONValue.parse(json)) }
        let merge = ThreeWayMerge(
            base: try tree(#"{"b":[{"name":"x","v":1}]}"#), mine: try tree(#"{"b":[{"name":"x","v":2}]}"#),
            theirs: try tree(#"{"b":[{"name":"x","v":3}]}"#))
        #expect(merge.conflicts.map(\.field) == ["b[name=x].v"])
        #expect(merge.merged == (try tree(#"{"b":[{"name":"x","v":2}]}"#)))
    }

    @Test("a difference has three lines around each change, and says where")
    func difference() {
        let before = (1...20).map { "line \($0)" }.joined(separator: "\n")
        let after = before.replacing("line 10\n", with: "line ten\n")
        #expect(
            TextDifference.lines(before, after) == [
                DifferenceLine(.place, "line 7"), DifferenceLine(.same, "line 7"), DifferenceLine(.same, "line 8"),
                DifferenceLine(.same, "line 9"), DifferenceLine(.removed, "line 10"),
                DifferenceLine(.added, "line ten"),
                DifferenceLine(.same, "line 11"), DifferenceLine(.same, "line 12"), DifferenceLine(.same, "line 13"),
            ])
        #expect(TextDifference.lines(before, before) == [])
    }

    @Test("a job's new name stays within 63 characters")
    func jobName() {
        let name = JobPlans.name(String(repeating: "n", count: 60), "manual", Timestamp(seconds: 1_700_000_000), 0.5)
        #expect(name.count == 63)
        #expect(name.contains("n-manual-"))
    }
}
