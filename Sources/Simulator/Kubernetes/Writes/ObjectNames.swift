/// The rules for names, labels and keys, with the sentences in which a server tells of them.
enum ObjectNames {
    static func subdomain(_ text: String) -> String? {
        if text.utf8.count > 253 { return "must be no more than 253 characters" }
        let isGood = text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { isLabel($0) }
        return isGood
            ? nil
            : "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must "
                + "start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is "
                + "'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"
    }

    static func label(_ text: String) -> String? {
        if text.utf8.count > 63 { return "must be no more than 63 characters" }
        return isLabel(text[...])
            ? nil
            : "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and "
                + "end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is "
                + "'[a-z0-9]([-a-z0-9]*[a-z0-9])?')"
    }

    static func labelOf1035(_ text: String) -> String? {
        if text.utf8.count > 63 { return "must be no more than 63 characters" }
        let isGood = isLabel(text[...]) && text.first?.isNumber == false
        return isGood
            ? nil
            : "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic "
                + "character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for "
                + "validation is '[a-z]([-a-z0-9]*[a-z0-9])?')"
    }

    static func pathSegment(_ text: String) -> String? {
        if text == "." || text == ".." { return "may not be '\(text)'" }
        if let bad = ["/", "%"].first(where: { text.contains($0) }) { return "may not contain '\(bad)'" }
        return nil
    }

    static func labelValue(_ text: String) -> String? {
        if text.utf8.count > 63 { return "must be no more than 63 characters" }
        return text.isEmpty || isName(text[...])
            ? nil
            : "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must "
                + "start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex "
                + "used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')"
    }

    static func qualifiedName(_ text: String) -> String? {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        let form =
            "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric "
            + "character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is "
            + "'([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')"
        guard parts.count <= 2 else {
            return "a qualified name \(form) with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')"
        }
        if parts.count == 2 {
            if parts[0].isEmpty { return "prefix part must be non-empty" }
            if let problem = subdomain(String(parts[0])) { return "prefix part \(problem)" }
        }
        let name = parts[parts.count - 1]
        if name.isEmpty { return "name part must be non-empty" }
        if name.utf8.count > 63 { return "name part must be no more than 63 characters" }
        return isName(name) ? nil : "name part \(form)"
    }

    static func configKey(_ text: String) -> String? {
        let isGood =
            !text.isEmpty && text.utf8.allSatisfy { isAlphanumeric($0) || "-._".utf8.contains($0) }
        return isGood
            ? nil
            : "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or "
                + "'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')"
    }

    /// What an object of a kind may be called.
    static func object(_ name: String, kind: String) -> String? {
        switch kind {
        case "Namespace": label(name)
        case "Service": labelOf1035(name)
        case "Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding": pathSegment(name)
        default: subdomain(name)
        }
    }

    private static func isLabel(_ text: Substring) -> Bool {
        func isPlain(_ byte: UInt8) -> Bool { isAlphanumeric(byte) && !(65...90).contains(byte) }
        guard let first = text.utf8.first, let last = text.utf8.last, isPlain(first), isPlain(last) else {
            return false
        }
        return text.utf8.allSatisfy { isPlain($0) || $0 == UInt8(ascii: "-") }
    }

    private static func isName(_ text: Substring) -> Bool {
        guard let first = text.utf8.first, let last = text.utf8.last, isAlphanumeric(first), isAlphanumeric(last) else {
            return false
        }
        return text.utf8.allSatisfy { isAlphanumeric($0) || "-_.".utf8.contains($0) }
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
    }
}
