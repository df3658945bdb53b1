/// CPU and memory by object, as metrics.k8s.io measured them.
public struct Metrics: Sendable, Equatable {
    public struct Usage: Sendable, Equatable {
        /// Thousandths of a core.
        public var cpuMillicores: Int
        public var memoryBytes: Int
        public init(cpuMillicores: Int, memoryBytes: Int) {
            self.cpuMillicores = cpuMillicores
            self.memoryBytes = memoryBytes
        }
    }
    public var usage: [RowKey: Usage]
    public init(usage: [RowKey: Usage] = [:]) { self.usage = usage }
}
