namespace Chat;

/// <param name="Version">Rises with each change of the key, and is never reused.</param>
public sealed record StoredValue(string Key, string Value, long Version);
