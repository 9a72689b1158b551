using Chat.LoadTest.CommandLine;
using Chat.LoadTest.Coordination;

namespace Chat.LoadTest.Screen;

/// <summary>For logs: a line every ten seconds, none beside a JSON report or in a run so short that its report says it all.</summary>
internal sealed class PlainLines(Gathering gathering, LoadOptions options, LoadTexts texts, TimeProvider time)
    : LiveScreen(gathering, texts, time)
{
    private const int Every = 10;

    private readonly bool silent = options.Json || options.Seconds < 2 * Every;
    private int updates;

    public override void Say(string text)
    {
        if (!silent) Console.Error.WriteLine(text);
    }

    protected override void Show(double seconds, LiveFigures now, long perSecond)
    {
        if (++updates % Every == 0) Say(Texts.Progress((long)seconds, now.Users, now.Sent, now.Delivered, perSecond, now.Refused));
    }
}
