import Foundation
import Yams

/// A part of a kubeconfig's YAML that knows where it stands, so that each mistake is told with file and line.
struct KubeconfigNode {
    let node: Node
    /// As the person writes it, for messages.
    let file: String
    /// How the part is reached: `users[dev].exec`.
    let path: String

    var line: Int? { node.mark?.line }

    func fault(_ cause: String, advice: String = "") -> KubernetesError {
        .kubeconfig(KubeconfigFault(file: file, line: line, cause: cause, advice: advice))
    }

    /// The member called `key`; nil when it is absent or null.
    func member(_ key: String) throws(KubernetesError) -> KubeconfigNode? {
        guard let mapping = node.mapping else { throw fault("\(name) must be a mapping") }
        guard let value = mapping[key], !value.isNull else { return nil }
        return KubeconfigNode(node: value, file: file, path: path.isEmpty ? key : "\(path).\(key)")
    }

    /// The text of a scalar member as it is written, also where YAML would see a number; "" when absent.
    func text(_ key: String) throws(KubernetesError) -> String {
        guard let member = try member(key) else { return "" }
        return try member.scalarText()
    }

    func secret(_ key: String) throws(KubernetesError) -> Secret { Secret(try text(key)) }

    func flag(_ key: String) throws(KubernetesError) -> Bool {
        guard let member = try member(key) else { return false }
        switch member.node.scalar?.string {
        case "true", "True", "TRUE": return true
        case "false", "False", "FALSE": return false
        default: throw member.fault("\(member.path) must be true or false")
        }
    }

    /// Bytes that are written in base64, over several lines or one; empty when absent.
    func base64(_ key: String) throws(KubernetesError) -> [UInt8] {
        guard let member = try member(key) else { return [] }
        let text = try member.scalarText().filter { !$0.isWhitespace }
        guard let data = Data(base64Encoded: text) else { throw member.fault("\(member.path) is not valid base64") }
        return Array(data)
    }

    func elements(_ key: String) throws(KubernetesError) -> [KubeconfigNode] {
        guard let member = try member(key) else { return [] }
        guard let sequence = member.node.sequence else { throw member.fault("\(member.path) must be a list") }
        return sequence.enumerated().map {
            KubeconfigNode(node: $1, file: file, path: "\(member.path)[\($0)]")
        }
    }

    func texts(_ key: String) throws(KubernetesError) -> [String] {
        var texts: [String] = []
        for element in try elements(key) { texts.append(try element.scalarText()) }
        return texts
    }

    func named(_ path: String) -> KubeconfigNode { KubeconfigNode(node: node, file: file, path: path) }

    func scalarText() throws(KubernetesError) -> String {
        guard let scalar = node.scalar else { throw fault("\(name) must be text") }
        return node.isNull ? "" : scalar.string
    }

    private var name: String { path.isEmpty ? "it" : path }
}

extension Node {
    /// An absent value: nothing, `~` or `null` without quotes.
    fileprivate var isNull: Bool {
        guard let scalar, scalar.style == .plain || scalar.style == .any else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(scalar.string)
    }
}
