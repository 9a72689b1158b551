using Chat.Daemon.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Configuration;

/// <summary>The settings in force. Files that change are read again: a snapshot that is right replaces the old one, any other is refused and the old one stays.</summary>
internal sealed partial class OptionsSource : IDisposable
{
    private readonly SettingSources sources;
    private volatile SettingReading reading;
    private FileWatcher? watch;

    /// <exception cref="StartupException">A source cannot be read, or a setting is wrong.</exception>
    public OptionsSource(SettingSources sources, SettingTexts texts)
    {
        this.sources = sources;
        reading = ChatOptions.Read(sources.Load(texts), texts);
        if (reading.Problems.Count > 0)
            throw new StartupException(ExitStatus.WrongUsage, reading.Problems);
    }

    /// <summary>After <see cref="Current"/> has changed, on a timer's thread. A handler that throws is logged.</summary>
    public event Action<ChatOptions>? Changed;

    /// <summary>Take it anew wherever a change may take effect; what needs a restart never changes in it.</summary>
    public ChatOptions Current => reading.Options;

    /// <summary>Each setting with what said so.</summary>
    public IReadOnlyList<SettingValue> Values => reading.Values;

    /// <summary>The defaults, but for what is given: <c>("Chat:Limits:OutboxBytes", "4096")</c>.</summary>
    public static OptionsSource Of(params (string Key, string Value)[] settings) =>
        new(new SettingSources([], new Dictionary<string, string>(), settings.ToDictionary(setting => setting.Key, setting => setting.Value)), SettingTexts.English);

    /// <summary>From now on changed files are taken over.</summary>
    public void Watch(TimeProvider time, ILogger<OptionsSource> logger) =>
        watch = new FileWatcher(new(() => sources.Files.Select(file => file.Path)), () => Reload(logger), time, logger);

    public void Dispose() => watch?.Dispose();

    private void Reload(ILogger logger)
    {
        var layers = sources.Load(SettingTexts.English);
        var next = ChatOptions.Read(layers, SettingTexts.English);
        if (next.Problems.Count > 0)
        {
            LogRefused(logger, string.Join(' ', next.Problems));
            return;
        }
        var changed = ChangedFrom(reading.Values, next.Values);
        var (atOnce, atStart) = (KeysOf(changed, Takes.AtOnce), KeysOf(changed, Takes.AtStart));
        if (atStart.Length > 0)
            LogNeedsRestart(logger, atStart);
        if (atOnce.Length == 0)
            return;
        reading = atStart.Length == 0 ? next : ChatOptions.Read([.. layers, RunningValues()], SettingTexts.English);
        LogTaken(logger, atOnce);
        Changed?.Invoke(Current);
    }

    /// <summary>What was set when the daemon started and holds until it ends, as the strongest layer.</summary>
    private SettingLayer RunningValues() => SettingLayer.Of("start", reading.Values
        .Where(value => value.Setting.Takes is Takes.AtStart).SelectMany(value => value.Entries));

    private static List<SettingValue> ChangedFrom(IReadOnlyList<SettingValue> old, IReadOnlyList<SettingValue> next) =>
        [.. next.Where(value => !old.Any(value.SameAs)), .. old.Where(value => !next.Any(other => other.Key == value.Key))];

    private static string KeysOf(List<SettingValue> changed, Takes takes) =>
        string.Join(", ", changed.Where(value => value.Setting.Takes == takes).Select(value => value.Key));

    [LoggerMessage(LogLevel.Information, "Changed settings are in force: {Keys}.")]
    private static partial void LogTaken(ILogger logger, string keys);

    [LoggerMessage(LogLevel.Warning, "Changed settings take effect when the daemon is started again: {Keys}.")]
    private static partial void LogNeedsRestart(ILogger logger, string keys);

    [LoggerMessage(LogLevel.Warning, "Changed settings are refused, the old ones stay in force. {Problems}")]
    private static partial void LogRefused(ILogger logger, string problems);
}
