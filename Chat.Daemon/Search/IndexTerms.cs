using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Chat.Protocol;

namespace Chat.Daemon.Search;

/// <summary>
/// What the index holds of a message: its words, and terms that begin with a sign, which no word contains. <c>:</c> and the id of its
/// conversation; <c>&amp;</c> and the identity of each user of a direct conversation; <c>@</c> and a hash of the sender's name.
/// </summary>
internal static class IndexTerms
{
    /// <summary>Every other character separates terms, or is above ASCII and part of one: the tokenizer changes nothing.</summary>
    public const string Tokenizer = "ascii tokenchars ':&@'";

    private const int NameBytes = 5;

    /// <summary>What a search asks of the index. All that users write is quoted.</summary>
    public static string WordsOf(SearchRequest request)
    {
        var terms = request.Terms.All.Select(term => term.IsPrefix ? $"{Quoted(term.Word)} *" : Quoted(term.Word));
        return string.Join(" AND ", request.From is { } name ? terms.Append(Quoted(OfSender(name))) : terms);
    }

    /// <summary>In which conversations.</summary>
    public static string PlacesOf(SearchRequest request)
    {
        var places = request.Conversations.Select(id => string.Create(CultureInfo.InvariantCulture, $"\":{id.Value}\""));
        return $"({string.Join(" OR ", request.DirectsOf is { } identity ? places.Append(Quoted($"&{identity}")) : places)})";
    }

    /// <returns>Empty for what is no name.</returns>
    public static string OfSender(string sender) => UserName.TryParse(sender, out var name) ? OfSender(name) : "";

    private static string OfSender(UserName name)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(name.Key), hash);
        return "@" + Convert.ToHexStringLower(hash[..NameBytes]);
    }

    private static string Quoted(string term) => $"\"{term.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
