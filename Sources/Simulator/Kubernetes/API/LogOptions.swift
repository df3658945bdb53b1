import Foundation

/// What the query of a log request asks for.
struct LogOptions: Sendable, Equatable {
    var container: String?
    var isFollowing: Bool
    var isPrevious: Bool
    var hasTimestamps: Bool
    var since: Date?
    var tail: Int?
    var limitBytes: Int?

    init(_ request: SimRequest, pod: String, now: Date) throws(APIStatus) {
        container = request.parameter("container").flatMap { $0.isEmpty ? nil : $0 }
        isFollowing = request.flag("follow")
        isPrevious = request.flag("previous")
        hasTimestamps = request.flag("timestamps")
        func number(_ name: String, atLeast least: Int) throws(APIStatus) -> Int? {
            guard let text = request.parameter(name) else { return nil }
            guard let value = Int(text) else {
                throw .badRequest("unable to decode query: \(name) is no number: \(text)")
            }
            guard value >= least else {
                throw .invalid(
                    "PodLogOptions", pod, field: name,
                    "Invalid value: \(value): must be greater than or equal to \(least)")
            }
            return value
        }
        tail = try number("tailLines", atLeast: 0)
        limitBytes = try number("limitBytes", atLeast: 1)
        let seconds = try number("sinceSeconds", atLeast: 1)
        let time = request.parameter("sinceTime")
        if seconds != nil, time != nil {
            throw .invalid(
                "PodLogOptions", pod, field: "[]",
                "Forbidden: at most one of `sinceTime` or `sinceSeconds` may be specified")
        }
        if request.parameter("stream") != nil {
            throw .invalid("PodLogOptions", pod, field: "stream", "Forbidden: may not be specified")
        }
        if let seconds { since = now.addingTimeInterval(-Double(seconds)) }
        if let time {
            guard let moment = KubeTime.seconds(time) else {
                throw .badRequest("unable to decode query: sinceTime is no time: \(time)")
            }
            since = Date(timeIntervalSince1970: moment)
        }
    }
}
