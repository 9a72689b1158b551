using Chat.Daemon.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Configuration;

/// <summary>The current settings. A changed file is read again: a valid snapshot replaces the old one, an invalid one is refused.</summary>
internal sealed partial class OptionsSource : IDisposable
{
    private readonly SettingSources sources;
    private volatile SettingReading reading;
    private FileWatcher? watcher;

    /// <exception cref="StartupException">A source cannot be read, or a setting is invalid.</exception>
    public OptionsSource(SettingSources sources, SettingTexts texts)
    {
        this.sources = sources;
        reading = ChatOptions.Read(sources.Load(texts), texts);
        if (reading.Problems.Count > 0)
            throw new StartupException(ExitStatus.WrongUsage, reading.Problems);
    }

    /// <summary>Raised after <see cref="Current"/> has changed, on a timer's thread. An exception of a handler is logged.</summary>
    public event Action<ChatOptions>? Changed;

    /// <summary>Read it each time, so that changes take effect. Settings that need a restart never change in it.</summary>
    public ChatOptions Current => reading.Options;

    /// <summary>Each setting with its value and source.</summary>
    public IReadOnlyList<SettingValue> Values => reading.Values;

    /// <summary>The defaults except for the given settings, such as <c>("Chat:Limits:OutboxBytes", "4096")</c>.</summary>
    public static OptionsSource Of(params (string Key, string Value)[] settings) =>
        new(
            new SettingSources([], new Dictionary<string, string>(), settings.ToDictionary(s => s.Key, s => s.Value)),
            SettingTexts.English);

    /// <summary>Applies changed files from now on.</summary>
    public void Watch(TimeProvider time, ILogger<OptionsSource> logger) =>
        watcher = new FileWatcher(new(() => sources.Files.Select(file => file.Path)), () => Reload(logger), time, logger);

    public void Dispose() => watcher?.Dispose();

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
        var (atOnce, atStart) = (KeysOf(changed, TakesEffect.AtOnce), KeysOf(changed, TakesEffect.AtStart));
        if (atStart.Length > 0)
            LogNeedsRestart(logger, atStart);
        if (atOnce.Length == 0)
            return;
        reading = atStart.Length == 0 ? next : ChatOptions.Read([.. layers, RunningValues()], SettingTexts.English);
        LogChanged(logger, atOnce);
        Changed?.Invoke(Current);
    }

    /// <summary>The settings that need a restart, as they were at the start, as the strongest layer.</summary>
    private SettingLayer RunningValues() => SettingLayer.Of("start", reading.Values
        .Where(value => value.Setting.TakesEffect is TakesEffect.AtStart).SelectMany(value => value.Entries));

    private static List<SettingValue> ChangedFrom(IReadOnlyList<SettingValue> old, IReadOnlyList<SettingValue> next) =>
        [.. next.Where(value => !old.Any(value.SameAs)), .. old.Where(value => !next.Any(other => other.Key == value.Key))];

    private static string KeysOf(List<SettingValue> changed, TakesEffect when) =>
        string.Join(", ", changed.Where(value => value.Setting.TakesEffect == when).Select(value => value.Key));

    [LoggerMessage(EventId = 11, EventName = "SettingsChanged", Level = LogLevel.Information, Message = "Settings changed: {Keys}")]
    private static partial void LogChanged(ILogger logger, string keys);

    [LoggerMessage(EventId = 12, EventName = "SettingsNeedRestart", Level = LogLevel.Warning,
        Message = "Settings changed that need a restart to take effect: {Keys}")]
    private static partial void LogNeedsRestart(ILogger logger, string keys);

    [LoggerMessage(EventId = 13, EventName = "SettingsRefused", Level = LogLevel.Warning,
        Message = "Changed settings refused: the previous settings stay in effect. {Problems}")]
    private static partial void LogRefused(ILogger logger, string problems);
}
