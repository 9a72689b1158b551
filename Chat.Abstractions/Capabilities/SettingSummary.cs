namespace Chat;

/// <summary>A setting of the daemon.</summary>
/// <param name="Value">As one would write it; <c>***</c> for a secret.</param>
/// <param name="Source">Where the value comes from: a file, the environment, the command line, or the default.</param>
public sealed record SettingSummary(string Key, string Value, string Source);
