namespace Chat.Protocol;

/// <summary>What <c>hello.features</c> may name.</summary>
public static class Feature
{
    public const string Changes = "changes";
    public const string Read = "read";
    public const string Search = "search";

    public const string Typing = "typing";
}
