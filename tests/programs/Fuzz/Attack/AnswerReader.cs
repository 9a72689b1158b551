using System.Text;

namespace Fuzz.Attack;

/// <summary>Reads and drops what the daemon sends, up to a text.</summary>
internal sealed class AnswerReader(Stream stream)
{
    private readonly byte[] buffer = new byte[65_536];
    private string tail = "";

    /// <summary>False if the connection ends first.</summary>
    public async Task<bool> FindAsync(string text)
    {
        while (!tail.Contains(text, StringComparison.Ordinal))
        {
            var length = await stream.ReadAsync(buffer);
            if (length == 0) return false;
            // The text may be in two parts.
            tail = tail[Math.Max(0, tail.Length - text.Length)..] + Encoding.Latin1.GetString(buffer, 0, length);
        }
        return true;
    }
}
