using System.Text.Json;
using System.Text.Json.Serialization;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Plugins.Discovery;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Plugins.Lifecycle;

/// <summary>
/// The plugins that are starting or have just started, in a small file: if the process dies, the next one knows which to suspect.
/// Safe from any thread.
/// </summary>
internal sealed partial class StartMarks(PluginFolders folders, TimeProvider time, ILogger<StartMarks> log) : IDisposable
{
    /// <summary>If the process dies later after a start, the start was not the cause.</summary>
    public static readonly TimeSpan Probation = TimeSpan.FromSeconds(10);

    private readonly string path = Path.Combine(folders.Staged, "starts.json");
    private readonly CancellationTokenSource stopping = new();
    private readonly Lock gate = new(); // guards the marks and the file
    private Dictionary<string, StartMark> marks = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Counts a death for each plugin that was starting when the last process died, or if none was, for each that had just started. Called
    /// once, before any start.
    /// </summary>
    /// <returns>The suspects, by id.</returns>
    public IReadOnlyDictionary<string, StartMark> CountDeaths()
    {
        lock (gate)
        {
            var left = Load();
            var phase = left.Values.Any(m => m.Phase is StartPhase.Starting) ? StartPhase.Starting : StartPhase.Started;
            var suspects = left.Where(m => m.Value.Phase == phase)
                .ToDictionary(m => m.Key, m => m.Value with { Phase = StartPhase.Past, Deaths = m.Value.Deaths + 1 });
            foreach (var (id, mark) in left) marks[id] = suspects.GetValueOrDefault(id) ?? mark with { Phase = StartPhase.Past };
            if (left.Count > 0) Save();
            return suspects;
        }
    }

    /// <summary>Before any of its code runs.</summary>
    public void Begin(string id, string hash)
    {
        lock (gate)
        {
            marks[id] = new(hash, StartPhase.Starting, marks.GetValueOrDefault(id) is { } last && last.Hash == hash ? last.Deaths : 0);
            Save();
        }
    }

    /// <summary>It is active. It is forgotten after <see cref="Probation"/>, together with earlier deaths.</summary>
    public void Started(string id)
    {
        lock (gate)
        {
            var mark = marks[id] = marks[id] with { Phase = StartPhase.Started };
            Save();
            _ = PassAsync(id, mark);
        }
    }

    /// <summary>It was refused, or is quarantined.</summary>
    public void Forget(string id)
    {
        lock (gate)
            if (marks.Remove(id)) Save();
    }

    /// <summary>The process is dying, and these are more likely the cause than others, if any of them has just started.</summary>
    public void Narrow(IReadOnlyCollection<string> ids)
    {
        lock (gate)
        {
            if (!ids.Any(id => marks.TryGetValue(id, out var mark) && mark.Phase is not StartPhase.Past)) return;
            foreach (var id in marks.Keys.Except(ids, marks.Comparer).ToList()) marks[id] = marks[id] with { Phase = StartPhase.Past };
            Save();
        }
    }

    /// <summary>The daemon was told to stop: whatever happens from now on, no start is the cause. Earlier deaths still count.</summary>
    public void EndAll()
    {
        stopping.Cancel();
        lock (gate)
        {
            if (marks.Count == 0) return;
            marks = marks.Where(m => m.Value.Deaths > 0)
                .ToDictionary(m => m.Key, m => m.Value with { Phase = StartPhase.Past }, StringComparer.OrdinalIgnoreCase);
            Save();
        }
    }

    public void Dispose() => stopping.Dispose();

    private async Task PassAsync(string id, StartMark mark)
    {
        await Task.Delay(Probation, time, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (stopping.IsCancellationRequested) return; // it has not passed
        lock (gate)
            if (ReferenceEquals(marks.GetValueOrDefault(id), mark) && marks.Remove(id)) Save();
    }

    private Dictionary<string, StartMark> Load()
    {
        try
        {
            if (!File.Exists(path)) return [];
            var loaded = JsonSerializer.Deserialize(File.ReadAllBytes(path), MarkJson.Default.DictionaryStringStartMark) ?? [];
            return loaded.Where(m => m.Value is { Hash: not null }).ToDictionary();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException)
        {
            LogUnusable(failure, Printable.Escape(path));
            return [];
        }
    }

    private void Save()
    {
        try
        {
            File.WriteAllBytes(path + ".new", JsonSerializer.SerializeToUtf8Bytes(marks, MarkJson.Default.DictionaryStringStartMark));
            File.Move(path + ".new", path, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            LogUnusable(failure, Printable.Escape(path));
        }
    }

    [LoggerMessage(
        EventId = 747, EventName = "PluginStartsUnknown", Level = LogLevel.Error,
        Message = "Cannot read or write {Path}. A plugin that kills the daemon at its start is not quarantined.")]
    private partial void LogUnusable(Exception failure, string path);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
    [JsonSerializable(typeof(Dictionary<string, StartMark>))]
    private sealed partial class MarkJson : JsonSerializerContext;
}
