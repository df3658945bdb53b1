import Foundation

extension ObjectDefaults {
    /// A pod's spec with everything that is not said set to what it means; a pod of its own gets its account and its
    /// tolerations besides.
    static func podSpec(_ given: SimJSON, isTemplate: Bool) -> SimJSON {
        var spec = given
        for list in ["initContainers", "containers", "ephemeralContainers"] {
            guard let items = spec[list].arrayValue else { continue }
            spec[list] = .array(items.map { container($0, isEphemeral: list == "ephemeralContainers") })
        }
        spec = spec.defaulting("restartPolicy", "Always").defaulting("terminationGracePeriodSeconds", 30)
            .defaulting("dnsPolicy", "ClusterFirst")
        if !isTemplate {
            let account = spec["serviceAccountName"].stringValue ?? spec["serviceAccount"].stringValue ?? "default"
            spec["serviceAccountName"] = .string(account)
            spec["serviceAccount"] = .string(account)
        }
        spec = spec.defaulting("securityContext", .emptyObject).defaulting("schedulerName", "default-scheduler")
        guard !isTemplate else { return spec }
        if spec["tolerations"].isNull { spec["tolerations"] = tolerations }
        return spec.defaulting("priority", 0).defaulting("enableServiceLinks", true)
            .defaulting("preemptionPolicy", "PreemptLowerPriority")
    }

    /// A container with its defaults; an image without a tag, or with `latest`, is always pulled.
    static func container(_ given: SimJSON, isEphemeral: Bool = false) -> SimJSON {
        var container = given
        if let ports = container["ports"].arrayValue {
            container["ports"] = .array(ports.map { $0.defaulting("protocol", "TCP") })
        }
        container["env"] = given["env"].arrayValue.map { .array($0.map(variable)) } ?? .null
        container = container.defaulting("resources", .emptyObject)
        if container["resources"]["requests"].isNull, !container["resources"]["limits"].isNull {
            container["resources"]["requests"] = container["resources"]["limits"]
        }
        for probe in ["livenessProbe", "readinessProbe", "startupProbe"] where !container[probe].isNull {
            container[probe] = self.probe(container[probe])
        }
        let isLatest = ImageReference(container["image"].stringValue ?? "").map { $0.tag == "latest" } ?? false
        return container.defaulting("terminationMessagePath", "/dev/termination-log")
            .defaulting("terminationMessagePolicy", "File")
            .defaulting("imagePullPolicy", isLatest ? "Always" : "IfNotPresent")
    }

    private static func variable(_ given: SimJSON) -> SimJSON {
        guard !given["valueFrom"]["fieldRef"].isNull else { return given }
        var variable = given
        variable["valueFrom"]["fieldRef"] = given["valueFrom"]["fieldRef"].defaulting("apiVersion", "v1")
        return variable
    }

    private static func probe(_ given: SimJSON) -> SimJSON {
        var probe = given
        if !probe["httpGet"].isNull { probe["httpGet"] = probe["httpGet"].defaulting("scheme", "HTTP") }
        return probe.defaulting("timeoutSeconds", 1).defaulting("periodSeconds", 10).defaulting("successThreshold", 1)
            .defaulting("failureThreshold", 3)
    }

    private static let tolerations: SimJSON = .array(
        ["not-ready", "unreachable"].map {
            [
                "key": .string("node.kubernetes.io/\($0)"), "operator": "Exists", "effect": "NoExecute",
                "tolerationSeconds": 300,
            ]
        })

    static func base64(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }
}

/// The name of an image taken apart; nil where it is none.
struct ImageReference: Sendable, Equatable {
    var repository: String
    /// `latest` where nothing else is said; empty where a digest is.
    var tag: String

    init?(_ text: String) {
        let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        let name = String(parts[0])
        let slash = name.lastIndex(of: "/").map { name.index(after: $0) } ?? name.startIndex
        let colon = name[slash...].lastIndex(of: ":")
        repository = String(name[..<(colon ?? name.endIndex)])
        tag = colon.map { String(name[name.index(after: $0)...]) } ?? (parts.count > 1 ? "" : "latest")
        let components = repository.split(separator: "/", omittingEmptySubsequences: false)
        let path = components.count > 1 ? components.dropFirst() : components[...]
        guard path.allSatisfy(Self.isPathComponent), tag.utf8.allSatisfy(Self.isTagByte) else { return nil }
        guard components.count > 1 else { return }
        // The first may be a machine with its port.
        let host = components[0].split(separator: ":", omittingEmptySubsequences: false)
        guard host.count <= 2, !host[0].isEmpty, host[0].utf8.allSatisfy(Self.isTagByte) else { return nil }
        guard host.count < 2 || Int(host[1]) != nil else { return nil }
    }

    private static func isPathComponent(_ text: Substring) -> Bool {
        guard let first = text.utf8.first, let last = text.utf8.last else { return false }
        func isPlain(_ byte: UInt8) -> Bool { (97...122).contains(byte) || (48...57).contains(byte) }
        return isPlain(first) && isPlain(last) && text.utf8.allSatisfy { isPlain($0) || "._-".utf8.contains($0) }
    }

    private static func isTagByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
