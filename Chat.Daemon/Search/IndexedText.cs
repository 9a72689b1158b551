using System.Text;
using System.Text.Unicode;
using Chat.Daemon.Storage;

namespace Chat.Daemon.Search;

/// <summary>
/// Writes the terms of a message as the index stores them, in UTF-8, separated by spaces. Reuses its memory: for one thread at a time.
/// </summary>
internal sealed class IndexedText
{
    /// <summary>Senders whose terms are kept: a term is a hash, and most messages come from few.</summary>
    private const int MostSenders = 4_096;

    private readonly WordFolder folder = new();
    private readonly Dictionary<string, string> senders = new(StringComparer.Ordinal);
    private byte[] text = new byte[1_024];

    /// <returns>Valid until the next call.</returns>
    public ReadOnlySpan<byte> Of(IndexedMessage message)
    {
        var words = folder.Fold(message.Text);
        var sender = TermOf(message.Sender);
        const int signsAndNumber = 32;
        var most = signsAndNumber
            + (3 * ((message.One?.Length ?? 0) + (message.Other?.Length ?? 0) + sender.Length + words.Length));
        if (text.Length < most) text = new byte[most];
        Utf8.TryWrite(text, $":{message.Conversation}", out var length);
        if (message.One is { } one) Append(" &", one);
        if (message.Other is { } other) Append(" &", other);
        if (sender.Length > 0) Append(" ", sender);
        Append(" ", words);
        return text.AsSpan(0, length);

        void Append(string separator, ReadOnlySpan<char> term)
        {
            length += Encoding.UTF8.GetBytes(separator, text.AsSpan(length));
            length += Encoding.UTF8.GetBytes(term, text.AsSpan(length));
        }
    }

    private string TermOf(string sender)
    {
        if (senders.TryGetValue(sender, out var term)) return term;
        if (senders.Count == MostSenders) senders.Clear();
        return senders[sender] = IndexTerms.OfSender(sender);
    }
}
