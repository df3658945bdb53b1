/// One Helm release, as its newest release secret tells it.
public struct HelmRelease: Sendable, Equatable {
    public var namespace: String
    public var name: String
    public var revision: Int
    /// "deployed", "failed", "pending-upgrade".
    public var status: String
    /// "ledger-1.4.2".
    public var chart: String
    public var appVersion: String
    public var updated: Timestamp
    public init(
        namespace: String, name: String, revision: Int, status: String, chart: String = "", appVersion: String = "",
        updated: Timestamp = .zero
    ) {
        self.namespace = namespace
        self.name = name
        self.revision = revision
        self.status = status
        self.chart = chart
        self.appVersion = appVersion
        self.updated = updated
    }
}

/// One release in full: what a person reads before rolling back.
public struct HelmReleaseDetail: Sendable, Equatable {
    /// The revision that the texts are of.
    public var release: HelmRelease
    /// Every revision that is kept, the newest first.
    public var history: [Revision]
    /// What was set beside the chart's own values, as YAML; values of keys that look like secrets are hidden.
    public var values: String
    /// What was sent to the cluster; the values of secrets are hidden.
    public var manifest: String
    public var notes: String

    public struct Revision: Sendable, Equatable {
        public var release: HelmRelease
        /// "Upgrade complete", "Rollback to 3".
        public var description: String
        public init(_ release: HelmRelease, description: String = "") {
            self.release = release
            self.description = description
        }
    }

    public init(
        release: HelmRelease, history: [Revision] = [], values: String = "", manifest: String = "", notes: String = ""
    ) {
        self.release = release
        self.history = history
        self.values = values
        self.manifest = manifest
        self.notes = notes
    }
}

/// Which release, at which revision.
public struct HelmReleaseReference: Sendable, Hashable {
    public var environment: EnvironmentID
    public var namespace: String
    public var name: String
    /// nil: the newest.
    public var revision: Int?
    public init(environment: EnvironmentID, namespace: String, name: String, revision: Int? = nil) {
        self.environment = environment
        self.namespace = namespace
        self.name = name
        self.revision = revision
    }
}
