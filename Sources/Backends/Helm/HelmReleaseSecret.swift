import Foundation
import JSON
import Model

/// What Helm 3 keeps of one revision of a release: a secret whose `release` is base64 of gzip of JSON (in the API once more
/// in base64).
struct HelmReleaseSecret {
    /// Charts with everything in them; beyond this nobody reads a manifest on a screen.
    static let mostBytes = 64 << 20

    let release: HelmRelease
    let description: String
    let notes: String
    let manifest: String
    /// What was set beside the chart's values; nil for nothing.
    let config: JSONValue?

    init(_ secret: JSONValue) throws(KubernetesError) {
        let name = secret.text("metadata", "name")
        guard let outer = Data(base64Encoded: secret.text("data", "release")), let inner = Data(base64Encoded: outer)
        else { throw Self.fault(name, "its release is not base64") }
        let object: JSONValue
        do {
            object = try JSONValue.parse(try Gunzip.inflate(Array(inner), limit: Self.mostBytes))
        } catch Gunzip.Fault.tooLarge {
            throw Self.fault(name, "its release is larger than \(Self.mostBytes >> 20) MB")
        } catch {
            throw Self.fault(name, "its release cannot be unpacked")
        }
        let chart = object[path: "chart", "metadata"]
        release = HelmRelease(
            namespace: secret.text("metadata", "namespace"), name: object.text("name"),
            revision: object.number("version") ?? 0, status: object.text("info", "status"),
            chart: [chart?.text("name") ?? "", chart?.text("version") ?? ""].filter { !$0.isEmpty }
                .joined(separator: "-"), appVersion: chart?.text("appVersion") ?? "",
            updated: Timestamp(rfc3339: object.text("info", "last_deployed")) ?? .zero)
        description = object.text("info", "description")
        notes = object.text("info", "notes")
        manifest = object.text("manifest")
        config = object["config"]
    }

    private static func fault(_ name: String, _ cause: String) -> KubernetesError {
        .decoding(target: "secret \(name)", cause: cause)
    }
}
