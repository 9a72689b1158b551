using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Chat.Daemon.Control;

/// <summary>
/// What goes over the control socket: a line of JSON each way; after some answers, the bytes of what was asked for. Nobody
/// logs an answer: it may hold a password.
/// </summary>
internal static partial class ControlFrames
{
    private const int MaxLine = 4_096;

    /// <summary>How long a receiver may take for one piece, so that a stuck one does not hold a copy open.</summary>
    private static readonly TimeSpan PieceTime = TimeSpan.FromSeconds(30);

    /// <param name="Command"><c>backup</c>, <c>password</c>, <c>account export</c>, or <c>account erase</c>.</param>
    /// <param name="Account">The name of the account that the order is about, as given.</param>
    /// <param name="AdminOnly">Refuse unless it is an admin's.</param>
    /// <param name="Texts">Erase the texts of messages, too.</param>
    public sealed record Order(string Command, string? Account = null, bool AdminOnly = false, bool Texts = false);

    /// <param name="Length">Bytes that follow.</param>
    /// <param name="Error">Why the order was not carried out, in a sentence; null if it was.</param>
    /// <param name="Problem">The same as a word, for which the program has a sentence in the user's language.</param>
    /// <param name="Account">The account's name as it is stored.</param>
    /// <param name="Password">The account's new password.</param>
    /// <param name="Placeholder">The name that replaces an erased account's.</param>
    /// <param name="Needed">Bytes that the order needs on the disk of the data folder, if these are too many.</param>
    /// <param name="Free">Bytes that are free there then.</param>
    /// <param name="Admins">The names of admins, if the order needed one.</param>
    public sealed record Answer(
        long Length = 0, string? Error = null, string? Problem = null, string? Account = null, string? Password = null,
        string? Placeholder = null, long Needed = 0, long Free = 0, IReadOnlyList<string>? Admins = null);

    public static Task WriteAsync(Stream stream, Order order, CancellationToken cancellation) =>
        WriteLineAsync(stream, JsonSerializer.Serialize(order, ControlJson.Default.Order), cancellation);

    public static Task WriteAsync(Stream stream, Answer answer, CancellationToken cancellation) =>
        WriteLineAsync(stream, JsonSerializer.Serialize(answer, ControlJson.Default.Answer), cancellation);

    /// <exception cref="JsonException">It is not one.</exception>
    public static async Task<Order> ReadOrderAsync(Stream stream, CancellationToken cancellation) =>
        JsonSerializer.Deserialize(await ReadLineAsync(stream, cancellation), ControlJson.Default.Order) ?? throw new JsonException();

    /// <exception cref="JsonException">It is not one.</exception>
    public static async Task<Answer> ReadAnswerAsync(Stream stream, CancellationToken cancellation) =>
        JsonSerializer.Deserialize(await ReadLineAsync(stream, cancellation), ControlJson.Default.Answer) ?? throw new JsonException();

    /// <summary>Sends a piece of what follows an answer.</summary>
    public static async Task WritePieceAsync(Stream stream, ReadOnlyMemory<byte> piece, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(PieceTime);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        await stream.WriteAsync(piece, both.Token);
    }

    private static async Task WriteLineAsync(Stream stream, string line, CancellationToken cancellation) =>
        await stream.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"), cancellation);

    /// <summary>Byte by byte, because what follows the line is not text.</summary>
    private static async Task<string> ReadLineAsync(Stream stream, CancellationToken cancellation)
    {
        var line = new MemoryStream();
        var one = new byte[1];
        while (true)
        {
            await stream.ReadExactlyAsync(one, cancellation);
            if (one[0] == '\n') return Encoding.UTF8.GetString(line.ToArray());
            if (line.Length == MaxLine) throw new JsonException("The line is too long.");
            line.WriteByte(one[0]);
        }
    }

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(Order))]
    [JsonSerializable(typeof(Answer))]
    private sealed partial class ControlJson : JsonSerializerContext;
}
