import Foundation
import Synchronization

/// Everything that moves in one cluster by itself: scheduler, kubelets, controllers, garbage collection, events.
///
/// One actor does it all, in the order of time: `run()` follows the clock, `settle()` does what is due now and is for
/// tests and for the start. It learns of changes from the store and answers with changes to the store.
actor ClusterEngine {
    enum Action: Sendable {
        case schedule(ObjectKey)
        case kubelet(ObjectKey)
        case heartbeat
        case nodeLost(String)
        case evict(String)
        case cron
        case sweepEvents
        case churn
        case deployment(ObjectKey)
        case namespace(ObjectKey)
        case services
        case autoscalers
        case replicaSet(ObjectKey)
    }

    let cluster: String
    let store: ClusterStore
    let clock: any SimulationClock
    let ledger: ContainerLedger
    let directory: ContainerDirectory
    let behaviours: BehaviourBook
    /// The moment that is being worked on.
    var now: Date
    var generator: SeededGenerator
    var timers = TimerQueue<Action>()
    var runs: [ObjectKey: PodRun] = [:]
    var index = OwnerIndex()
    var images: Set<String> = []
    var nextAddress = 0
    var eventNames: [EventKey: String] = [:]
    var deadNodes: Set<String> = []
    var podsPerNode: [String: Int] = [:]
    var nodeOfPod: [ObjectKey: String] = [:]
    var churnPerSecond = 0.0
    var churnKeys: [ObjectKey] = []
    var churnDebt = 0.0
    /// While a cluster is set up nothing is an event.
    var isQuiet = false
    var uids: [OwnerIndex.Child: String] = [:]
    var ownersByUID: [String: OwnerIndex.Child] = [:]
    /// Owners to look at again because of something they own.
    var dirty: Set<OwnerIndex.Child> = []
    /// Namespaces in which pods changed since their services were looked at.
    var dirtyNamespaces: [String: ChangedPods] = [:]
    var nodeCache: [SchedulableNode]?
    var nodeOffset = 0
    /// What owners care about in their pods, as it was when they looked last.
    var podDigests: [ObjectKey: PodDigest] = [:]
    /// Replica sets that make no more pods before a moment: they made many, or were refused.
    var creationGates: [ObjectKey: Date] = [:]
    private let inbox: Inbox

    /// Changes that the store told of and the engine has not looked at.
    final class Inbox: Sendable {
        let wakeUp = WakeUp()
        private let changes = Mutex<[(resource: String, key: ObjectKey)]>([])

        func add(_ resource: String, _ key: ObjectKey) {
            changes.withLock { $0.append((resource, key)) }
            wakeUp.set()
        }

        func take() -> [(resource: String, key: ObjectKey)] {
            changes.withLock { changes in
                defer { changes = [] }
                return changes
            }
        }
    }

    init(
        cluster: String, store: ClusterStore, clock: any SimulationClock, ledger: ContainerLedger,
        directory: ContainerDirectory, behaviours: BehaviourBook, seed: UInt64
    ) {
        self.cluster = cluster
        self.store = store
        self.clock = clock
        self.ledger = ledger
        self.directory = directory
        self.behaviours = behaviours
        now = clock.now
        generator = SeededGenerator(seed: seed, "engine/\(cluster)")
        let inbox = Inbox()
        self.inbox = inbox
        store.observe { resource, key in
            guard Self.reacts(to: resource) else { return }
            inbox.add(resource, key)
        }
    }

    /// Follows the clock until the task is cancelled.
    func run() async {
        startRegularWork()
        while !Task.isCancelled {
            work(until: clock.now)
            await waitForWork()
        }
    }

    /// Does everything that is due now, and what follows from it at once.
    func settle() { work(until: clock.now) }

    /// Begins what repeats: heartbeats, cron jobs, the end of old events, and the changes of a load test.
    func startRegularWork() {
        timers.add(now.addingTimeInterval(10), .heartbeat)
        timers.add(now.addingTimeInterval(60), .sweepEvents)
        timers.add(nextMinute, .cron)
        timers.add(now.addingTimeInterval(15), .autoscalers)
        if churnPerSecond > 0 { timers.add(now, .churn) }
    }

    func setChurn(_ perSecond: Double) { churnPerSecond = perSecond }

    private static func reacts(to resource: String) -> Bool {
        switch resource {
        case "events", "leases.coordination.k8s.io", "endpoints", "endpointslices.discovery.k8s.io": false
        default: true
        }
    }

    /// Takes note of what was changed so far without acting on it.
    func absorbInbox() {
        for change in inbox.take() { note(change.resource, change.key) }
        dirty = []
    }

    /// Makes the loop look again, after a call from outside.
    func wakeEngine() { inbox.wakeUp.set() }

    private func waitForWork() async {
        guard let next = timers.next else { return await inbox.wakeUp.wait() }
        let (clock, wakeUp) = (clock, inbox.wakeUp)
        let alarm = Task {
            // A cancelled alarm is one that nobody waits for any more.
            if (try? await clock.sleep(until: next)) != nil { wakeUp.set() }
        }
        await wakeUp.wait()
        alarm.cancel()
    }

    /// What is due comes first, each at its own moment; what others changed meanwhile counts as of now.
    private func work(until moment: Date) {
        while let (at, action) = timers.take(dueBy: moment) {
            now = max(now, at)
            perform(action)
            readInbox()
        }
        now = max(now, moment)
        readInbox()
    }

    private func readInbox() {
        // Each round of reconciling may cause the next; a cluster comes to rest after a few.
        for _ in 0..<200 {
            let changes = inbox.take()
            guard !changes.isEmpty else { return }
            var changed: Set<OwnerIndex.Child> = []
            for change in changes {
                note(change.resource, change.key)
                changed.insert(OwnerIndex.Child(resource: change.resource, key: change.key))
            }
            changed.formUnion(dirty)
            dirty = []
            for child in changed.sorted(by: { ($0.resource, $0.key) < ($1.resource, $1.key) }) {
                reconcile(child.resource, child.key)
            }
        }
    }

    private func perform(_ action: Action) {
        switch action {
        case .schedule(let key): schedule(key)
        case .kubelet(let key): stepPod(key)
        case .heartbeat: heartbeat()
        case .nodeLost(let name): loseNode(name)
        case .evict(let name): evictPods(of: name)
        case .cron: runCronJobs()
        case .sweepEvents: sweepEvents()
        case .churn: churn()
        case .deployment(let key): reconcileDeployment(key)
        case .namespace(let key): reconcileNamespace(key)
        case .services: reconcileDirtyServices()
        case .autoscalers: runAutoscalers()
        case .replicaSet(let key): reconcileReplicaSet(key)
        }
    }

    private func reconcile(_ resource: String, _ key: ObjectKey) {
        if collectHeld(resource, key) { return }
        switch resource {
        case "pods": reconcilePod(key)
        case "deployments.apps": reconcileDeployment(key)
        case "replicasets.apps": reconcileReplicaSet(key)
        case "statefulsets.apps": reconcileStatefulSet(key)
        case "daemonsets.apps": reconcileDaemonSet(key)
        case "jobs.batch": reconcileJob(key)
        case "services": reconcileService(key)
        case "poddisruptionbudgets.policy": reconcileBudget(key)
        case "customresourcedefinitions.apiextensions.k8s.io": establish(key)
        case "namespaces": reconcileNamespace(key)
        default: break
        }
    }
}
