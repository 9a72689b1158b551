using System.Text.Json.Serialization;

namespace Chat.Protocol;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true,
    GenerationMode = JsonSourceGenerationMode.Metadata, Converters = [typeof(InstantConverter), typeof(NumberConverter)])]
[JsonSerializable(typeof(DaemonFrame))]
internal sealed partial class DaemonFrameJson : JsonSerializerContext;
