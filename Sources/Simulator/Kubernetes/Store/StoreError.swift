/// Why the store refuses a write or a read.
enum StoreError: Error, Equatable {
    case notFound
    case alreadyExists
    /// The resource version in the request is not the object's.
    case conflict
    /// The revision asked for is older than what is remembered.
    case expired
}
