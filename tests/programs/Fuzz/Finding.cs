using System.Text;

namespace Fuzz;

/// <summary>Something wrong with one input.</summary>
/// <param name="Kind">The same for inputs that probably fail for the same reason.</param>
/// <param name="Story">For people.</param>
internal sealed record Finding(string Kind, string Story)
{
    /// <summary>The input, as short as it could be made.</summary>
    public byte[] Input { get; init; } = [];

    public static Finding Of(Exception failure)
    {
        var (first, place) = (failure.GetBaseException(), failure.StackTrace?.Split('\n').FirstOrDefault(l => l.Contains(" in ")) ?? "");
        var message = first is FuzzFailureException ? first.Message.Split(':')[0] : "";
        return new($"{first.GetType().Name} {message} {place.Trim()}", $"{failure}");
    }

    /// <summary>The input as it can be pasted into a test.</summary>
    public string Shown
    {
        get
        {
            var shown = new StringBuilder();
            foreach (var c in Input.Take(2_000)) shown.Append(c is >= 0x20 and < 0x7F and not (byte)'\\' ? $"{(char)c}" : $"\\x{c:X2}");
            return $"{shown}{(Input.Length > 2_000 ? "…" : "")} ({Input.Length} bytes)";
        }
    }
}
