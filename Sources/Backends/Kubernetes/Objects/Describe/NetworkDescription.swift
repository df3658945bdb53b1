import JSON
import Model

/// Services and ingresses.
enum NetworkDescription {
    @Sendable static func service(_ object: JSONValue) -> KindDescription {
        var result = KindDescription()
        result.facts += ObjectFacts.rows(
            [
                FactRow("Type", "spec", "type"), FactRow("Cluster IP", "spec", "clusterIP"),
                FactRow("External name", "spec", "externalName"), FactRow("External IPs", "spec", "externalIPs"),
                FactRow("Session affinity", "spec", "sessionAffinity"),
                FactRow("External traffic", "spec", "externalTrafficPolicy"),
            ], of: object)
        result.say("Load balancer", loadBalancer(object))
        if object.text("spec", "type") == "LoadBalancer", loadBalancer(object).isEmpty {
            result.say("Load balancer", "pending", tone: .progressing)
        }
        result.say("Selector", ObjectFacts.selector(object.at(["spec", "selector"])))
        let ports = object.list("spec", "ports").map { port -> ObjectDocument.Fact in
            let node = port.number("nodePort").map { ", node port \($0)" } ?? ""
            let name = port.text("name").isEmpty ? port.text("port") : port.text("name")
            return .init(name, "\(port.text("port"))/\(port.text("protocol")) to \(port.text("targetPort"))\(node)")
        }
        result.section("Ports", ports)
        return result
    }

    @Sendable static func ingress(_ object: JSONValue) -> KindDescription {
        var result = KindDescription()
        let namespace = object.text("metadata", "namespace")
        result.say("Class", object.text("spec", "ingressClassName"))
        result.say("Address", loadBalancer(object))
        if let backend = object.at(["spec", "defaultBackend"]) { result.say("Default", Self.backend(backend)) }
        var rules: [ObjectDocument.Fact] = []
        for rule in object.list("spec", "rules") {
            rules.append(.init(rule.text("host").isEmpty ? "every host" : rule.text("host"), ""))
            for path in rule.list("http", "paths") {
                let target = path["backend"].map(backend) ?? ""
                rules.append(.init(path.text("path").isEmpty ? "/" : path.text("path"), target, depth: 1))
                result.link("service", "Service", namespace, path.text("backend", "service", "name"))
            }
        }
        result.section("Rules", rules)
        let tls = object.list("spec", "tls").map { entry -> ObjectDocument.Fact in
            .init(entry.texts("hosts").joined(separator: ", "), "secret \(entry.text("secretName"))")
        }
        for entry in object.list("spec", "tls") { result.link("secret", "Secret", namespace, entry.text("secretName")) }
        result.section("TLS", tls)
        return result
    }

    private static func backend(_ value: JSONValue) -> String {
        guard let service = value["service"] else { return ObjectFacts.oneLine(value) }
        let port = service["port"]
        let number = port?.text("number") ?? ""
        return "service \(service.text("name")):\(number.isEmpty ? port?.text("name") ?? "" : number)"
    }

    private static func loadBalancer(_ object: JSONValue) -> String {
        object.list("status", "loadBalancer", "ingress").map {
            $0.text("ip").isEmpty ? $0.text("hostname") : $0.text("ip")
        }.joined(separator: ", ")
    }
}
