using System.Text.Json.Serialization;

namespace Chat.Protocol;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, MaxDepth = ProtocolLimits.Depth,
    GenerationMode = JsonSourceGenerationMode.Metadata, Converters = [typeof(IntegerConverter)])]
[JsonSerializable(typeof(ClientFrame))]
internal sealed partial class ClientFrameJson : JsonSerializerContext;
