// LogBuffer
