using System.Text.Json;
using System.Text.Json.Serialization;
using Chat.Daemon.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Plugins.Lifecycle;

/// <summary>What is remembered of plugins, by id, in one small file beside their copies. Used by one thread at a time.</summary>
internal sealed partial class PluginStore(string path, ILogger<PluginStore> log)
{
    private Dictionary<string, PluginMemory> byId = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The copies that must stay.</summary>
    public IEnumerable<string> Hashes => byId.Values.SelectMany(m => m.Versions.Select(v => v.Hash));

    public IEnumerable<string> Ids => byId.Keys;

    public PluginMemory this[string id] => byId.GetValueOrDefault(id) ?? new();

    /// <summary>Where the file is damaged, everything in it is forgotten.</summary>
    public void Load()
    {
        try
        {
            if (!File.Exists(path)) return;
            var read = JsonSerializer.Deserialize(File.ReadAllBytes(path), PluginMemoryJson.Default.DictionaryStringPluginMemory) ?? [];
            byId = new(read, StringComparer.OrdinalIgnoreCase);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException or ArgumentException)
        {
            Forgotten(failure, Printable.Escape(path));
        }
    }

    public void Set(string id, PluginMemory memory)
    {
        if (this[id] == memory) return;
        byId[id] = memory;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path + ".new", JsonSerializer.SerializeToUtf8Bytes(byId, PluginMemoryJson.Default.DictionaryStringPluginMemory));
            File.Move(path + ".new", path, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            NotKept(failure, id, Printable.Escape(path));
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Path} can't be read: which plugins are switched off or rolled back is forgotten.")]
    private partial void Forgotten(Exception failure, string path);

    [LoggerMessage(Level = LogLevel.Error, Message = "What is to be remembered of plugin {Plugin} can't be written to {Path}: it holds until the daemon stops.")]
    private partial void NotKept(Exception failure, string plugin, string path);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(Dictionary<string, PluginMemory>))]
internal sealed partial class PluginMemoryJson : JsonSerializerContext;
