using System.Globalization;

namespace Chat.LoadTest.Wire;

/// <summary>The ids of requests that are not messages: <c>q</c> and a number. A message's id is its number alone.</summary>
internal static class VirtualId
{
    public static string Of(int number) => "q" + number.ToString(CultureInfo.InvariantCulture);

    public static bool IsOne(ReadOnlySpan<byte> text) =>
        text is [(byte)'q', _, ..] && text[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
}
