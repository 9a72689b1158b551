namespace Chat.Daemon.Configuration;

/// <summary>All settings, read once from all sources.</summary>
/// <param name="Problems">One sentence each. Use the options only if there are none.</param>
internal sealed record SettingReading(
    ChatOptions Options, IReadOnlyList<Setting> Declared, IReadOnlyList<SettingValue> Values, IReadOnlyList<string> Problems);
