import JSON
import Model

/// What pods and the templates of workloads have in common: volumes, and what is referred to.
enum PodTemplateDescription {
    /// The sections of a workload's template: its containers and volumes.
    static func sections(_ object: JSONValue, _ path: [String], _ result: inout KindDescription) {
        guard let template = object.at(path) else { return }
        for container in ContainerDescription.all(template) { result.section(container.title, container.facts) }
        result.section("Volumes", volumes(template["spec"]))
        addLinks(template["spec"], object.text("metadata", "namespace"), &result)
    }

    /// "app=acme/app:1, proxy=envoy:2".
    static func images(_ object: JSONValue, _ path: [String]) -> String {
        (object.at(path)?.list("spec", "containers") ?? []).map { $0.text("image") }.joined(separator: ", ")
    }

    static func volumes(_ spec: JSONValue?) -> [ObjectDocument.Fact] {
        (spec?.list("volumes") ?? []).map { volume in
            let source = volume.members.first { $0.key != "name" }
            return .init(volume.text("name"), source.map { self.source($0.key, $0.value) } ?? "empty directory")
        }
    }

    private static func source(_ type: String, _ value: JSONValue) -> String {
        switch type {
        case "configMap": "config map \(value.text("name"))"
        case "secret": "secret \(value.text("secretName"))"
        case "persistentVolumeClaim":
            "claim \(value.text("claimName"))" + (value.flag("readOnly") ? ", read only" : "")
        case "emptyDir": value.text("medium").isEmpty ? "empty directory" : "empty directory in \(value.text("medium"))"
        case "hostPath": "host path \(value.text("path"))"
        case "projected": "projected: " + value.list("sources").map(projected).joined(separator: ", ")
        case "downwardAPI": "downward API"
        case "nfs": "NFS \(value.text("server")):\(value.text("path"))"
        case "csi": "CSI \(value.text("driver"))"
        case "ephemeral": "ephemeral claim"
        default: type
        }
    }

    private static func projected(_ source: JSONValue) -> String {
        source.members.first { _ in true }.map { self.source($0.key, $0.value) } ?? ""
    }

    static func addLinks(_ spec: JSONValue?, _ namespace: String, _ result: inout KindDescription) {
        for volume in spec?.list("volumes") ?? [] {
            result.link("config map", "ConfigMap", namespace, volume.text("configMap", "name"))
            result.link("secret", "Secret", namespace, volume.text("secret", "secretName"))
            result.link("claim", "PersistentVolumeClaim", namespace, volume.text("persistentVolumeClaim", "claimName"))
            for source in volume.list("projected", "sources") {
                result.link("config map", "ConfigMap", namespace, source.text("configMap", "name"))
                result.link("secret", "Secret", namespace, source.text("secret", "name"))
            }
        }
        for container in (spec?.list("initContainers") ?? []) + (spec?.list("containers") ?? []) {
            for from in container.list("envFrom") + container.list("env").compactMap({ $0["valueFrom"] }) {
                for key in ["configMapRef", "configMapKeyRef"] {
                    result.link("config map", "ConfigMap", namespace, from.text(key, "name"))
                }
                for key in ["secretRef", "secretKeyRef"] {
                    result.link("secret", "Secret", namespace, from.text(key, "name"))
                }
            }
        }
        for secret in spec?.list("imagePullSecrets") ?? [] {
            result.link("secret", "Secret", namespace, secret.text("name"))
        }
    }
}
