using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Chat.Protocol.Tests;

/// <summary>No line makes the reader throw, and every refusal has a reason. Fixed seeds make failures repeatable.</summary>
[TestClass]
public sealed class FuzzTests
{
    private static readonly string[] Types = [.. ProtocolShape.TypesOf<ClientFrame>().Keys, .. ProtocolShape.TypesOf<DaemonFrame>().Keys,
        "dance", ""];
    private static readonly string[] Names = ["type", "id", "user", "password", "token", "rooms", "room", "to", "with", "text", "name",
        "args", "after", "before", "limit", "cursor", "seq", "from", "at", "messages", "more", "direct", "roles", "data", "limits",
        "members", "commands", "joined", "left", "x", "$ref", ""];
    private static readonly string[] Bits = ["a", "é", "😀", "\\n", "\\u00e9", "\\ud83d\\ude00", "\\ud83d", "\\ude00", "\\u0000", "\\\"",
        "\\\\", "/", " ", "2026-03-01T12:00:00.250Z", "\u2028"];

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    public void RandomBytesNeverThrow(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 15_000; round++)
        {
            var bytes = new byte[random.Next(80)];
            random.NextBytes(bytes);
            Check(bytes);
        }
    }

    [TestMethod]
    [DataRow(3)]
    [DataRow(4)]
    public void RandomJsonBytesNeverThrow(int seed)
    {
        var random = new Random(seed);
        var alphabet = "{}[]\",:\\ud8dcetrunfls0123456789.-+eE \t\r"u8.ToArray();
        for (var round = 0; round < 20_000; round++)
            Check([.. "{\"type\":\"message\","u8, .. random.GetItems(alphabet, random.Next(40))]);
    }

    [TestMethod]
    [DataRow(5)]
    [DataRow(6)]
    public void ChangedFramesNeverThrow(int seed)
    {
        var random = new Random(seed);
        var lines = Samples.Client.Select(Wire.Line).Concat(Samples.Daemon.Select(Wire.Line)).Select(Encoding.UTF8.GetBytes).ToList();
        for (var round = 0; round < 20_000; round++)
        {
            var line = lines[random.Next(lines.Count)].AsSpan().ToArray();
            for (var times = random.Next(1, 4); times > 0; times--)
                line[random.Next(line.Length)] = random.Next(2) == 0 ? (byte)random.Next(256) : "{}[]\",:\\0-.e"u8[random.Next(12)];
            Check(line);
            Check(line[..random.Next(line.Length)]);
        }
    }

    [TestMethod]
    [DataRow(7)]
    [DataRow(8)]
    public void RandomObjectsNeverThrow(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 20_000; round++)
        {
            var line = $$"""{"type":"{{Types[random.Next(Types.Length)]}}",{{Members(random, 1)}}}""";
            Check(Encoding.UTF8.GetBytes(line));
        }
    }

    private static void Check(byte[] line)
    {
        var client = FrameReader.ReadClient(new ReadOnlySequence<byte>(line));
        AssertWhole(client, line);
        AssertWhole(FrameReader.ReadDaemon(new ReadOnlySequence<byte>(line)), line);
        if (line.Length > 2)
            Assert.AreEqual(client.Code, FrameReader.ReadClient(Wire.Segmented(line.Chunk(line.Length / 2))).Code, "the same in segments");
        if (client.Frame is { } frame)
            Assert.AreEqual(Wire.Line(frame), Wire.Line(Wire.Client(Wire.Line(frame)).Frame!), "what was read can be written and read");
    }

    private static void AssertWhole<T>(FrameResult<T> result, byte[] line) where T : class
    {
        var shown = Convert.ToHexString(line);
        Assert.AreEqual(result.Frame is null, result.Code is RefusalCode.BadFrame or RefusalCode.UnknownType, shown);
        Assert.AreEqual(result.Frame is null, result.Reason is { Length: > 0 }, shown);
        if (result.Code is null || result.Code is RefusalCode.UnknownType)
            Assert.AreEqual(JsonValueKind.Object, JsonDocument.Parse(line).RootElement.ValueKind, shown);
    }

    private static string Members(Random random, int depth) =>
        string.Join(',', Enumerable.Range(0, random.Next(1, 5)).Select(_ =>
            $"\"{Names[random.Next(Names.Length)]}\":{Value(random, depth)}"));

    private static string Value(Random random, int depth) => random.Next(depth > 4 ? 8 : 11) switch
    {
        0 => "null",
        1 => "true",
        2 => $"{random.Next(-3, 1000)}",
        3 => $"{random.NextInt64(long.MinValue, long.MaxValue)}{random.Next(100)}",
        4 => $"{random.NextDouble():R}e{random.Next(400)}",
        <= 7 => $"\"{string.Concat(random.GetItems(Bits, random.Next(5)))}\"",
        8 => $"[{string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => Value(random, depth + 1)))}]",
        _ => $"{{{Members(random, depth + 1)}}}",
    };
}
