import Foundation
import JSON
import Model

/// Discovery on disk, one file a server and identity, so that `:` knows all kinds before the server has answered.
///
/// `$XDG_CACHE_HOME/midwatch/discovery/HASH.json`, readable by its owner only: what a person may see of a server is
/// nobody else's business, and what one identity saw is never shown to another.
public struct DiscoveryCache: Sendable {
    /// What one of the two roots ("/api", "/apis") said, and the tag to ask for changes with.
    struct Part: Sendable, Equatable {
        var tag: String
        var discovery: Discovery
    }

    private let file: URL
    private let key: String

    /// `identity` tells people with the same server apart: the kubeconfig's user and whom they impersonate; no secret.
    public init(folder: URL, server: String, identity: String) {
        key = "\(server) \(identity)"
        file = folder.appending(path: Self.hash(key) + ".json")
    }

    public static func folder(environment: [String: String]) -> URL? {
        let base = environment["XDG_CACHE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
        guard let cache = base ?? environment["HOME"].map({ $0 + "/.cache" }) else { return nil }
        return URL(filePath: cache).appending(path: "midwatch/discovery")
    }

    /// What is there; nothing when the file is missing, broken or another server's.
    func load() -> [String: Part] {
        // A cache that cannot be read is a cache that is empty.
        guard let data = try? Data(contentsOf: file), let value = try? JSONValue.parse(Array(data)),
            value["key"]?.string == key
        else { return [:] }
        var parts: [String: Part] = [:]
        for part in value["parts"]?.elements.map({ $0 }) ?? [] {
            let kinds = part["kinds"]?.elements.map(Self.kind) ?? []
            parts[part["root"]?.string ?? ""] = Part(
                tag: part["tag"]?.string ?? "",
                discovery: Discovery(kinds: kinds, notices: DiscoveryDecoder.texts(part["notices"])))
        }
        return parts
    }

    /// Replaces the file as a whole; a cache that cannot be written is done without.
    func store(_ parts: [String: Part]) {
        let written: [JSONLiteral] = parts.sorted { $0.key < $1.key }.map { root, part in
            [
                "root": .string(root), "tag": .string(part.tag), "notices": Self.texts(part.discovery.notices),
                "kinds": .array(part.discovery.kinds.map(Self.literal)),
            ]
        }
        let content: JSONLiteral = ["key": .string(key), "parts": .array(written)]
        let manager = FileManager.default
        let folder = file.deletingLastPathComponent()
        let temporary = folder.appending(path: ".\(file.lastPathComponent).\(UInt64.random(in: 0...(.max)))")
        // Without the cache everything works, only slower at the next start.
        try? manager.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let isWritten = manager.createFile(
            atPath: temporary.path, contents: Data(content.bytes), attributes: [.posixPermissions: 0o600])
        guard isWritten, rename(temporary.path, file.path) == 0 else {
            try? manager.removeItem(at: temporary)
            return
        }
    }

    private static func kind(_ value: JSONValue) -> ResourceKind {
        ResourceKind(
            group: value["group"]?.string ?? "", version: value["version"]?.string ?? "",
            plural: value["plural"]?.string ?? "", singular: value["singular"]?.string ?? "",
            kind: value["kind"]?.string ?? "", shortNames: DiscoveryDecoder.texts(value["shortNames"]),
            isNamespaced: value["isNamespaced"]?.bool ?? true, verbs: DiscoveryDecoder.texts(value["verbs"]),
            categories: DiscoveryDecoder.texts(value["categories"]))
    }

    private static func literal(_ kind: ResourceKind) -> JSONLiteral {
        [
            "group": .string(kind.group), "version": .string(kind.version), "plural": .string(kind.plural),
            "singular": .string(kind.singular), "kind": .string(kind.kind), "shortNames": texts(kind.shortNames),
            "isNamespaced": .bool(kind.isNamespaced), "verbs": texts(kind.verbs), "categories": texts(kind.categories),
        ]
    }

    private static func texts(_ list: [String]) -> JSONLiteral { .array(list.map { .string($0) }) }

    /// FNV-1a in 64 bits: names a file; the key inside says whether it is the right one.
    private static func hash(_ text: String) -> String {
        let value = text.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        return String(value, radix: 16)
    }
}
