import Backends
import JSON
import Model

extension Environment {
    /// Whole objects as JSON or YAML. The values of secrets are not printed unless `revealingSecrets`: YAML shows their sizes,
    /// JSON, which scripts read, is refused.
    public func objects(
        _ query: TableQuery, names: [String], asYAML: Bool, revealingSecrets: Bool
    ) async throws -> String {
        try await plainly {
            let client = try kubernetes()
            if !asYAML, !revealingSecrets, query.kind.qualifiedName == "secrets" {
                throw PlainFailure(.mistaken, "secrets are printed as JSON with --show-secrets only")
            }
            let value = try await client.whole(query, names: names)
            return asYAML
                ? client.yamlText(value, revealingSecrets: revealingSecrets)
                : String(decoding: value.serialized(pretty: true), as: UTF8.self)
        }
    }
}
