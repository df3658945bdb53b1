import JSON

/// An object's YAML for a person: without the server's bookkeeping, and without the values of secrets.
enum ObjectYAML {
    static func text(_ object: JSONValue, hidingSecrets: Bool) -> String {
        let isSecret = hidingSecrets && object["kind"]?.string == "Secret"
        var writer = YAMLWriter { path, value in
            if path == ["metadata", "managedFields"] { return .leaveOut }
            guard isSecret, let size = secretSize(path, value) else { return .write }
            return .replace("hidden (\(size) bytes)")
        }
        return writer.text(object)
    }

    /// How many bytes a member of a secret hides; nil for members that are no secret.
    private static func secretSize(_ path: [String], _ value: JSONValue) -> Int? {
        guard path.count > 1 else { return nil }
        if path.count == 2, path[0] == "data" { return Base64Size.bytes(value.string ?? "") }
        if path.count == 2, path[0] == "stringData" { return value.string?.utf8.count ?? 0 }
        // kubectl apply keeps the whole object there, data included.
        let isCopy = path == ["metadata", "annotations", "kubectl.kubernetes.io/last-applied-configuration"]
        return isCopy ? value.string?.utf8.count ?? 0 : nil
    }
}

/// How long a text in base64 is when it is decoded.
enum Base64Size {
    static func bytes(_ text: String) -> Int {
        let padding = text.utf8.suffix(2).count { $0 == UInt8(ascii: "=") }
        return max(0, text.utf8.count / 4 * 3 - padding)
    }
}
