/// Why a call on a container's file system failed, in the words of the C library.
enum FileError: Error, Equatable {
    case noEntry, notDirectory, isDirectory, exists, notEmpty, noSpace, loop, permission, invalid, nameTooLong, tooMany

    var text: String {
        switch self {
        case .noEntry: "No such file or directory"
        case .notDirectory: "Not a directory"
        case .isDirectory: "Is a directory"
        case .exists: "File exists"
        case .notEmpty: "Directory not empty"
        case .noSpace: "No space left on device"
        case .loop: "Too many levels of symbolic links"
        case .permission: "Permission denied"
        case .invalid: "Invalid argument"
        case .nameTooLong: "File name too long"
        case .tooMany: "Resource temporarily unavailable"
        }
    }
}
