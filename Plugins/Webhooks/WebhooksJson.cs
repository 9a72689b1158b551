using System.Text.Json.Serialization;
using Chat.Plugins.Webhooks.Incoming;
using Chat.Plugins.Webhooks.Outgoing;

namespace Chat.Plugins.Webhooks;

/// <summary>What is stored and received as JSON.</summary>
[JsonSourceGenerationOptions(
    UseStringEnumConverter = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WebhookSettings))]
[JsonSerializable(typeof(IncomingHook))]
[JsonSerializable(typeof(OutgoingHook))]
[JsonSerializable(typeof(Happening))]
[JsonSerializable(typeof(Failure))]
[JsonSerializable(typeof(BackOff))]
[JsonSerializable(typeof(IncomingBody))]
internal sealed partial class WebhooksJson : JsonSerializerContext;
