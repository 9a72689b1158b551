using System.Text.Json;
using System.Text.Json.Serialization;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Plugins.Discovery;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Plugins.Lifecycle;

/// <summary>The plugins' records by id, in one small file beside their staged copies. Used by the reconcile loop alone.</summary>
internal sealed partial class PluginStore(
    PluginFolders folders, StartMarks marks, TimeProvider time, ILogger<PluginStore> log)
{
    /// <summary>Deaths of the process in a row, in the starts of one version, before it is quarantined. One may be chance.</summary>
    private const int MostDeaths = 2;

    private readonly string path = Path.Combine(folders.Staged, "plugins.json");
    private Dictionary<string, PluginRecord>? records;

    /// <summary>Of the copies that must stay.</summary>
    public IEnumerable<string> Hashes => Records.Values.SelectMany(record => record.Versions.Select(version => version.Hash));

    public PluginRecord this[string id] => Records.GetValueOrDefault(id) ?? new();

    private Dictionary<string, PluginRecord> Records
    {
        get
        {
            if (records is not null) return records;
            records = Load();
            foreach (var (id, mark) in marks.CountDeaths()) Suspect(id, mark);
            return records;
        }
    }

    public void Set(string id, PluginRecord record)
    {
        if (this[id] == record) return;
        Records[id] = record;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var json = JsonSerializer.SerializeToUtf8Bytes(Records, RecordJson.Default.DictionaryStringPluginRecord);
            File.WriteAllBytes(path + ".new", json);
            File.Move(path + ".new", path, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            LogNotSaved(failure, id, Printable.Escape(path));
        }
    }

    public void RecordFailedStart(string id, string hash) => Set(id, this[id].FailedToStart(hash, time.GetUtcNow()));

    private void Suspect(string id, StartMark mark)
    {
        if (mark.Deaths < MostDeaths)
        {
            LogSuspected(id);
            return;
        }
        marks.Forget(id);
        Set(id, this[id].Killed(mark.Hash)); // the listing logs that it is not loaded, and why
    }

    private Dictionary<string, PluginRecord> Load()
    {
        try
        {
            if (!File.Exists(path)) return new(StringComparer.OrdinalIgnoreCase);
            var loaded = JsonSerializer.Deserialize(File.ReadAllBytes(path), RecordJson.Default.DictionaryStringPluginRecord) ?? [];
            return new(loaded, StringComparer.OrdinalIgnoreCase);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException or ArgumentException)
        {
            LogUnreadable(failure, Printable.Escape(path));
            return new(StringComparer.OrdinalIgnoreCase);
        }
    }

    [LoggerMessage(
        EventId = 745, EventName = "PluginStoreUnreadable", Level = LogLevel.Error,
        Message = "Cannot read {Path}. The daemon no longer knows which plugins were disabled or rolled back.")]
    private partial void LogUnreadable(Exception failure, string path);

    [LoggerMessage(
        EventId = 746, EventName = "PluginStoreNotSaved", Level = LogLevel.Error,
        Message = "Cannot save the state of plugin {Plugin} to {Path}. It is lost when the daemon stops.")]
    private partial void LogNotSaved(Exception failure, string plugin, string path);

    [LoggerMessage(
        EventId = 748, EventName = "PluginSuspected", Level = LogLevel.Warning,
        Message = "The last run of the daemon ended without a stop while plugin {Plugin} was starting, or within 10 s after. "
            + "If that happens again at its next start, it is quarantined.")]
    private partial void LogSuspected(string plugin);

    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
    [JsonSerializable(typeof(Dictionary<string, PluginRecord>))]
    private sealed partial class RecordJson : JsonSerializerContext;
}
