extension ScenarioStage {
    /// A worker stops answering for four minutes.
    func playNodeDown() async throws {
        let node = state.company.cluster("production")?.nodes.last { !$0.isControlPlane }?.name ?? "prod-worker-01"
        await cluster("production")?.setNode(node, isUp: false)
        try await wait(until: 60)
        fire(
            "KubeNodeNotReady", severity: "critical", cluster: "production", namespace: "monitoring",
            labels: ["node": node], at: 60,
            summary: "Node is not ready.", description: "\(node) has not answered for a minute.")
        fire(
            "KubePodNotReady", severity: "warning", cluster: "production", namespace: "monitoring",
            labels: ["node": node], at: 60,
            summary: "Pods are not ready.", description: "Pods on \(node) are not ready.")
        try await wait(until: 240)
        await cluster("production")?.setNode(node, isUp: true)
        try await wait(until: 300)
        resolve("KubeNodeNotReady", cluster: "production", at: 290)
        resolve("KubePodNotReady", cluster: "production", at: 290)
    }

    /// The ledger's database cannot write, and what needs it says so.
    func playDiskFull() async throws {
        complain(.diskFull, cluster: "production", namespace: "ledger", app: "ledger-db", from: 0, to: 300, share: 0.8)
        complain(
            .refused(upstream: "ledger-db.ledger.svc"), cluster: "production", namespace: "ledger", app: "ledger-core",
            from: 20, to: 305,
            share: 0.5)
        try await wait(until: 30)
        fire(
            "PersistentVolumeFull", severity: "critical", cluster: "production", namespace: "ledger",
            labels: ["persistentvolumeclaim": "data-ledger-db-0", "statefulset": "ledger-db", "pod": "ledger-db-0"],
            at: 30,
            summary: "Volume is full.", description: "data-ledger-db-0 has no space left.")
        try await wait(until: 90)
        fire(
            "LedgerWritesFail", severity: "critical", cluster: "production", namespace: "ledger",
            labels: ["deployment": "ledger-core"],
            at: 90, summary: "Bookings fail.", description: "Half of the bookings of ledger-core fail.")
        try await wait(until: 330)
        resolve("LedgerWritesFail", cluster: "production", at: 315)
        resolve("PersistentVolumeFull", cluster: "production", at: 325)
    }

    /// Payments answer late, step by step up to the customers.
    func playSlowPayments() async throws {
        complain(
            .slow(upstream: "payments-db.payments.svc"), cluster: "production", namespace: "payments",
            app: "payments-api", from: 0, to: 360,
            share: 0.35)
        complain(
            .slow(upstream: "payments-db.payments.svc"), cluster: "production", namespace: "payments",
            app: "payments-worker", from: 0,
            to: 360, share: 0.25)
        complain(
            .slow(upstream: "payments-api.payments.svc"), cluster: "production", namespace: "checkout",
            app: "checkout-api", from: 20,
            to: 370, share: 0.3)
        complain(
            .slow(upstream: "checkout-api.checkout.svc"), cluster: "production", namespace: "platform", app: "gateway",
            from: 40, to: 370,
            share: 0.1)
        try await wait(until: 60)
        fire(
            "PaymentLatencyHigh", severity: "warning", cluster: "production", namespace: "payments",
            labels: ["deployment": "payments-api", "service": "payments-api"], podOf: "payments-api", at: 60,
            summary: "Payments are slow.", description: "The 99th percentile of payments-api is above 4 s.")
        try await wait(until: 150)
        fire(
            "CheckoutAbandoned", severity: "critical", cluster: "production", namespace: "checkout",
            labels: ["deployment": "checkout-api"],
            at: 150, summary: "Customers give up.", description: "Every fifth basket is abandoned at the payment step.")
        try await wait(until: 400)
        resolve("CheckoutAbandoned", cluster: "production", at: 385)
        resolve("PaymentLatencyHigh", cluster: "production", at: 395)
    }
}
