using System.Buffers;
using System.Text.Json;
using Chat.Protocol;
using static Fuzz.FuzzFailureException;

namespace Fuzz.Targets;

/// <summary>What holds for the result of reading any line.</summary>
internal static class FrameChecks
{
    private const int LongestReason = 300;

    public static void AssertWhole<T>(FrameResult<T> result, ReadOnlySpan<byte> line, int depth) where T : class
    {
        ThrowUnless(result.Frame is null == result.Code is RefusalCode.BadFrame or RefusalCode.UnknownType,
            $"A line gives a frame or a known code: {result.Code}");
        ThrowUnless(result.Frame is null == result.Reason is not null, "A refusal has a reason");
        ThrowUnless(result.Reason is null || (result.Reason.Length is > 10 and < LongestReason && result.Reason.All(IsPlain)),
            $"A reason is a plain sentence: {result.Reason}");
        ThrowUnless(result.Id is null || TextRules.ScalarsIn(result.Id) <= ProtocolLimits.IdScalars, "An id is short");
        var type = TypeOf(line, depth);
        ThrowUnless(result.Frame is null || type is not null, "A frame is a JSON object with a type");
        ThrowUnless(result.Code is not RefusalCode.UnknownType || type is not null, "A line of an unknown type is a JSON object");
    }

    public static byte[] Written(ClientFrame frame)
    {
        var bytes = new ArrayBufferWriter<byte>();
        FrameWriter.Write(bytes, frame);
        return Line(bytes);
    }

    public static byte[] Written(DaemonFrame frame)
    {
        var bytes = new ArrayBufferWriter<byte>();
        FrameWriter.Write(bytes, frame);
        return Line(bytes);
    }

    private static byte[] Line(ArrayBufferWriter<byte> bytes)
    {
        var line = bytes.WrittenSpan[..^1];
        ThrowUnless(bytes.WrittenSpan[^1] == '\n' && !line.ContainsAnyInRange((byte)0, (byte)0x1F), "A frame is written on one line");
        ThrowUnless(System.Text.Unicode.Utf8.IsValid(line), "A frame is written in valid UTF-8");
        return line.ToArray();
    }

    /// <summary>Null for what is no JSON object with a string for its last type.</summary>
    private static string? TypeOf(ReadOnlySpan<byte> line, int depth)
    {
        try
        {
            using var document = JsonDocument.Parse(line.ToArray(), new() { MaxDepth = depth });
            return document.RootElement.ValueKind is JsonValueKind.Object && document.RootElement.TryGetProperty("type", out var type)
                && type.ValueKind is JsonValueKind.String ? type.GetString() : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static bool IsPlain(char c) => c is >= ' ' and <= '~';
}
