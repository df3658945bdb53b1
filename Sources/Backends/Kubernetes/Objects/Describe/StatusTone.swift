import Model

/// Whether a server's word for a state is good or bad news.
enum StatusTone {
    static func of(_ word: String) -> Tone {
        if let tone = words[word] { return tone }
        if word.hasPrefix("Init:") { return word.contains("/") ? .progressing : .critical }
        if word.hasPrefix("ExitCode:") || word.hasPrefix("Signal:") { return .critical }
        if word.hasSuffix("Error") || word.hasSuffix("Failed") || word.hasPrefix("Err") || word.hasSuffix("BackOff") {
            return .critical
        }
        return .plain
    }

    private static let words: [String: Tone] = [
        "Running": .good, "Ready": .good, "Active": .good, "Bound": .good, "Available": .good, "Complete": .good,
        "Completed": .muted, "Succeeded": .muted, "Released": .warning, "Pending": .progressing,
        "ContainerCreating": .progressing, "PodInitializing": .progressing, "Terminating": .progressing,
        "Suspended": .muted, "SchedulingGated": .progressing, "NotReady": .warning, "SchedulingDisabled": .warning,
        "Unknown": .warning, "Failed": .critical, "Evicted": .critical, "OOMKilled": .critical, "Lost": .critical,
        "CrashLoopBackOff": .critical, "ImagePullBackOff": .critical, "InvalidImageName": .critical,
        "NodeLost": .critical,
    ]

    /// Of a condition: most are good when true, some are troubles.
    static func condition(_ type: String, _ status: String) -> Tone {
        let isTrouble = troubles.contains(type) || type.hasSuffix("Pressure") || type.hasSuffix("Failure")
        switch status {
        case "True": return isTrouble ? .critical : neutral.contains(type) ? .plain : .good
        case "False": return isTrouble || neutral.contains(type) ? .muted : .warning
        default: return .warning
        }
    }

    private static let troubles: Set<String> = [
        "NetworkUnavailable", "Failed", "FailureTarget", "Stalled", "Degraded", "DisruptionTarget", "Unschedulable",
    ]
    private static let neutral: Set<String> = ["ScalingLimited", "Suspended", "Reconciling"]
}
