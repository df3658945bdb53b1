import Glibc
import Model

/// A row in the set of what was delivered, found by its namespace and name.
///
/// It shares its bytes with the row on the screen, so a set of 100,000 costs a few megabytes and no strings.
struct DeliveredRow: Hashable, Sendable {
    let row: TableRow

    static func == (a: DeliveredRow, b: DeliveredRow) -> Bool {
        a.row.withName { name in b.row.withName { same(name, $0) } }
            && a.row.withNamespace { namespace in b.row.withNamespace { same(namespace, $0) } }
    }

    func hash(into hasher: inout Hasher) {
        row.withNamespace { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        row.withName { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }

    private static func same(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Bool {
        guard a.count == b.count else { return false }
        guard let left = a.baseAddress, let right = b.baseAddress else { return true }
        return memcmp(left, right, a.count) == 0
    }
}
