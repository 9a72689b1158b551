using System.Text.Json.Serialization;

namespace Chat.LoadTest.Measuring;

/// <summary>The kind of latency measured. Its name in reports and thresholds is in snake case.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Metric>))]
internal enum Metric
{
    /// <summary>A message to its sender.</summary>
    [JsonStringEnumMemberName("echo")]
    Echo,

    /// <summary>A message to another member.</summary>
    [JsonStringEnumMemberName("delivery")]
    Delivery,

    /// <summary>A message to the last of its members.</summary>
    [JsonStringEnumMemberName("last_member")]
    LastMember,

    /// <summary>From the planned visit to being in the room.</summary>
    [JsonStringEnumMemberName("login")]
    Login,

    /// <summary>From the loss of a connection to having all that was missed.</summary>
    [JsonStringEnumMemberName("resume")]
    Resume,

    [JsonStringEnumMemberName("command")]
    Command,

    /// <summary>A page of messages.</summary>
    [JsonStringEnumMemberName("history")]
    History,

    [JsonStringEnumMemberName("search")]
    Search,

    /// <summary>An edit or a reaction to its author.</summary>
    [JsonStringEnumMemberName("change")]
    Change,

    /// <summary>An edit to another member.</summary>
    [JsonStringEnumMemberName("change_delivery")]
    ChangeDelivery,

    [JsonStringEnumMemberName("ping")]
    Ping,
}
