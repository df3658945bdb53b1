import Foundation

/// One item of the simulated Jenkins: a folder, a multibranch project, or something that runs.
struct JenkinsJob: Sendable, Equatable {
    enum Kind: Sendable, Equatable { case folder, multibranch, pipeline, freestyle }

    /// Names from the root down; a branch's name is URL-encoded once, as Jenkins keeps it (`feature%2Ftwo-tone`).
    var path: [String]
    var kind: Kind
    var team: String
    /// What it ships; nil for folders and housekeeping.
    var workload: SimWorkload?
    /// Seconds between two runs on the average.
    var interval: Double = 0
    var parameters: [String] = []
    var isDisabled = false

    var name: String { path.last ?? "" }
    var key: String { path.joined(separator: "/") }
    var isRunnable: Bool { kind == .pipeline || kind == .freestyle }
    /// What a person reads: a branch with its slash.
    var displayName: String { name.removingPercentEncoding ?? name }
    var isMainBranch: Bool { name == "main" }

    /// The way from the server's root, with a slash at its end.
    var urlPath: String {
        path.map { "job/" + ($0.addingPercentEncoding(withAllowedCharacters: .urlPathSegment) ?? $0) + "/" }.joined()
    }

    var className: String {
        switch kind {
        case .folder: "com.cloudbees.hudson.plugins.folder.Folder"
        case .multibranch: "org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject"
        case .pipeline: "org.jenkinsci.plugins.workflow.job.WorkflowJob"
        case .freestyle: "hudson.model.FreeStyleProject"
        }
    }

    var runClassName: String {
        kind == .freestyle ? "hudson.model.FreeStyleBuild" : "org.jenkinsci.plugins.workflow.job.WorkflowRun"
    }
}
