import Foundation

/// One container as Elasticsearch sees it: what the metadata filter adds to each of its lines.
final class LogSource: Sendable {
    let container: SimContainer
    let fields: [String: String]
    /// Tells sources apart in the tie-break.
    let number: Int

    init(_ container: SimContainer) {
        self.container = container
        number = Int(truncatingIfNeeded: container.logKey & 0xFFFFF)
        var fields = [
            "cluster": container.cluster, "docker.container_id": container.id,
            "kubernetes.container_image": container.image,
            "kubernetes.container_name": container.name, "kubernetes.host": container.node,
            "kubernetes.namespace_name": container.namespace, "kubernetes.pod_id": container.podUID,
            "kubernetes.pod_name": container.pod, "logtag": "F",
            "tag":
                "kubernetes.var.log.containers.\(container.pod)_\(container.namespace)_\(container.name)-\(container.id).log",
        ]
        // Dots in label names become underscores, or Elasticsearch would read them as objects.
        for (name, value) in container.labels { fields["kubernetes.labels.\(name.replacing(".", with: "_"))"] = value }
        self.fields = fields
    }

    /// The document of one line, as Fluentd sends it.
    func document(_ line: SimLogLine) -> SimJSON {
        let labels = container.labels.sorted { $0.key < $1.key }
            .map { ($0.key.replacing(".", with: "_"), SimJSON.string($0.value)) }
        return [
            "stream": .string(line.stream.rawValue), "logtag": "F",
            "log": .string(String(decoding: line.text, as: UTF8.self)),
            "docker": ["container_id": .string(container.id)],
            "kubernetes": [
                "container_name": .string(container.name), "namespace_name": .string(container.namespace),
                "pod_name": .string(container.pod), "container_image": .string(container.image),
                "pod_id": .string(container.podUID),
                "host": .string(container.node), "labels": .object(SimObject(labels)),
            ],
            "cluster": .string(container.cluster), "@timestamp": .string(line.timestamp.isoNanoseconds),
            "tag": .string(fields["tag"] ?? ""),
        ]
    }
}

extension Int64 {
    /// Nanoseconds since 1970 as Fluentd writes `@timestamp`: `2026-11-22T13:44:16.123456789+00:00`.
    var isoNanoseconds: String {
        let time = CalendarTime(nanoseconds: self)
        var writer = LineWriter()
        writer.date(time)
        writer.text("T")
        writer.clock(time)
        writer.text(".")
        writer.int(time.nanosecond, width: 9)
        writer.text("+00:00")
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// The day's index.
    var indexName: String {
        var writer = LineWriter()
        writer.text("logstash-")
        writer.date(CalendarTime(nanoseconds: self), separator: ".")
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// Milliseconds, as a date field keeps them.
    var milliseconds: Int { Int(self >= 0 ? self / 1_000_000 : (self - 999_999) / 1_000_000) }
}
