import HTTPTesting
import JSON
import Model
import Testing

@testable import Backends

struct HelmReleaseTests {
    /// Packed by Python's gzip and base64, not by anything of ours.
    private static let packed =
        "SDRzSUFBQUFBQUFDQTMyUVRVL0RNQXlHLzBxVUszUnJpZ0NSSzF3NThYR3FoTHpFYXlOYUowcThUV2phZnlmSk5oQUlJVVdLL05wKy9kaDdTVENqMUVLbTBRZDVLYVNqdGMveFhrNlErTTFpbVB3SDJsTFJ0ZDFObzFUVHFtZlY2cmE4eGZWRnEvSmZHaTBtRTExZzU2bFV2NFFoZ2tWaC9Cd21aQ3dsaVlFM3FXUy9mTE5LbnJHS1BpQ0prVG5vNWJMaUhITFdqQkM1QXMzSVlJR2hCcit4dHhqVGFiSmFkSXVyb2tFSXI5L3luVHhVUDA5ck4xUVB1NnBmZ0pSMlB0WWR4dzB4eHE0cjdhTlBYRmxYRlNSbVpHZWdrSFlsbm9IY0dvOGxUZFAwQk1HZHhtbXhWVDI5TzdKYVBLR0p5RDJkNmZQRXdxNUZPdlNVT0RvYUhvN3ltVU9MTTBXdStNZjV2bTd5Q09FUGM1TmJmNTdsdGx3NjUxSUFVeSszdzd6WEoyOGx5ZlFBQWdBQQ=="

    private func secret(_ release: String, name: String = "sh.helm.release.v1.shop.v7") throws -> JSONValue {
        try JSONValue.parse(
            Array(#"{"metadata":{"name":"\#(name)","namespace":"web"},"data":{"release":"\#(release)"}}"#.utf8))
    }

    @Test("a release secret tells release, chart, revision and when it was deployed")
    func reading() throws {
        let read = try HelmReleaseSecret(try secret(Self.packed))
        #expect(
            read.release
                == HelmRelease(
                    namespace: "web", name: "shop", revision: 7, status: "deployed", chart: "shop-1.2.3",
                    appVersion: "9", updated: Timestamp(seconds: 1_793_523_600.5)))
        #expect(read.description == "Upgrade complete")
        #expect(read.notes == "open http://shop")
    }

    @Test("values under keys that sound secret are hidden, the others are not")
    func values() throws {
        let read = try HelmReleaseSecret(try secret(Self.packed))
        #expect(
            HiddenText.values(read.config, revealing: false)
                == "db:\n  host: db\n  password: hidden (8 bytes)\nreplicas: 2\n")
        #expect(
            HiddenText.values(read.config, revealing: true) == "db:\n  host: db\n  password: hunter22\nreplicas: 2\n")
    }

    @Test("a manifest keeps its documents, but not the data of its secrets")
    func manifest() throws {
        let text = HiddenText.manifest(try HelmReleaseSecret(try secret(Self.packed)).manifest, revealing: false)
        #expect(text.contains("hunter22") == false)
        #expect(text.contains("hidden (8 bytes)"))
        #expect(text.hasSuffix("---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n"))
    }

    @Test("a document that may be a secret and cannot be read is not shown")
    func unreadable() {
        let text = HiddenText.manifest("kind: Secret\ndata: {a: [\n", revealing: false)
        #expect(text == "\n# a document that cannot be read as YAML (25 bytes)")
    }

    @Test("what is no release says which secret it was")
    func broken() throws {
        #expect(throws: KubernetesError.decoding(target: "secret x", cause: "its release is not base64")) {
            try HelmReleaseSecret(try secret("%%%", name: "x"))
        }
        #expect(throws: KubernetesError.decoding(target: "secret x", cause: "its release cannot be unpacked")) {
            try HelmReleaseSecret(try secret("YWJjZA==", name: "x"))
        }
    }

    @Test("a release that would unpack to more than the limit is refused before it is in memory")
    func bomb() throws {
        let bytes = Array(repeating: UInt8(0), count: 1)
        #expect(throws: Gunzip.Fault.self) { try Gunzip.inflate(bytes, limit: 10) }
        // 1,000 bytes of "a".
        let packed: [UInt8] = [
            31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 75, 76, 28, 5, 163, 96, 20, 12, 119, 0, 0, 3, 218, 56, 154, 232, 3, 0, 0,
        ]
        #expect(try Gunzip.inflate(packed, limit: 1000) == Array(repeating: UInt8(ascii: "a"), count: 1000))
        #expect(throws: Gunzip.Fault.tooLarge) { try Gunzip.inflate(packed, limit: 999) }
    }
}
