using System.Text;

namespace CrashChecker.Clients;

/// <summary>Texts of all kinds, no two alike: the judge knows a message by its text.</summary>
internal sealed class Texts(ChatterPlan plan)
{
    private const int LongText = 3_500;

    private static readonly string[] Fillers =
    [
        "olá", "quarta-feira", "\"quoted\"", @"back\slash", "tab\tand\nline", "🎲🐈‍⬛", "שלום",
        "日本語", "e\u0301", "<b>&amp;",
        "'; DROP TABLE--", "\u2028",
    ];

    private readonly Random random = new(plan.Seed + 1);
    private int count;

    public string Next()
    {
        var text = new StringBuilder($"{plan.Session} says {++count}:");
        var words = random.Next(8);
        for (var i = 0; i < words; i++) text.Append(' ').Append(Fillers[random.Next(Fillers.Length)]);
        if (random.NextDouble() < plan.LongTexts) text.Append(' ').Append('x', random.Next(LongText));
        return text.Append('.').ToString();
    }
}
