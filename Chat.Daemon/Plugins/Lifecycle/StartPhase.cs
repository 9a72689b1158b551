using System.Text.Json.Serialization;

namespace Chat.Daemon.Plugins.Lifecycle;

[JsonConverter(typeof(JsonStringEnumConverter<StartPhase>))]
internal enum StartPhase
{
    /// <summary>The process died or was stopped since.</summary>
    Past,

    /// <summary>Its code is being run for the first time.</summary>
    Starting,

    /// <summary>It became active less than ten seconds ago.</summary>
    Started,
}
