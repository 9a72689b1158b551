using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Chat.Daemon.Plugins.Resources;

/// <summary>A job in the storage, by its key: the class that runs it, a colon, and its name.</summary>
/// <param name="Schedule">As <see cref="JobSchedule"/> writes it.</param>
internal sealed partial record StoredJob(string Schedule, DateTimeOffset Due, string Data)
{
    /// <summary>Escapes little: what it adds counts in the limit of the data.</summary>
    private static readonly JobJson Json = new(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public static string KeyOf(string type, string name) => $"{type}:{name}";

    public static string TypeOf(string key) => key[..key.IndexOf(':')];

    public static string NameOf(string key) => key[(key.IndexOf(':') + 1)..];

    /// <summary>Null if a newer daemon has written it.</summary>
    public static StoredJob? Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, Json.StoredJob) is { } job && JobSchedule.IsKnown(job.Schedule) ? job : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public string Write() => JsonSerializer.Serialize(this, Json.StoredJob);

    [JsonSerializable(typeof(StoredJob))]
    private sealed partial class JobJson : JsonSerializerContext;
}
