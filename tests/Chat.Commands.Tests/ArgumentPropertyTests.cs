using System.Text;
using Chat.Daemon.Commands;
using Chat.Daemon.Hooks;

namespace Chat.Commands.Tests;

/// <summary>Random lines over random shapes. A failure names its seed.</summary>
[TestClass]
internal sealed class ArgumentPropertyTests
{
    private static readonly string[] Fragments =
    [
        "\"", "“", "”", "\\", " ", "  ", "--", "--a", "--b=", "--c", "=", "-", "é", "\ud83d\ude00", "\ud800", "\udc00", "\u200b",
        "\t", "\n", "1", "99999999999999", "5m", "ana", "@", "#geral", "sim", "x", "'", "\0", "İ", "ß",
    ];

    private static readonly ParameterType[] Types =
    [
        ParameterType.Text, ParameterType.Integer, ParameterType.LongInteger, ParameterType.Number, ParameterType.Boolean,
        ParameterType.Duration, ParameterType.User, ParameterType.Room, ParameterType.Enum<DayOfWeek>(), ParameterType.Parsable<Guid>("id"),
    ];

    [TestMethod]
    public async Task ParsingNeverThrows()
    {
        for (var seed = 0; seed < 20_000; seed++)
        {
            var random = new Random(seed);
            var shape = RandomShape(random);
            var line = "/x" + string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => Fragments[random.Next(Fragments.Length)]));
            try
            {
                var (values, error) = await ArgumentTests.Read(_ => shape, line);
                Assert.IsTrue(values is null != error is null);
                if (error is null) continue;
                Assert.IsTrue(
                    error.Span is { Start: >= 0, Length: >= 0 } span && span.End <= line.Length, $"{error.Span} is outside of the line");
                CommandTexts.In("pt-BR").Of(error);
            }
            catch (Exception e) when (e is not AssertFailedException)
            {
                Assert.Fail($"Seed {seed}, line {line}: {e}");
            }
        }
    }

    [TestMethod]
    public async Task QuotedArgumentsComeBackAsTheyWere()
    {
        for (var seed = 0; seed < 5_000; seed++)
        {
            var random = new Random(seed);
            string[] texts = [.. Enumerable.Range(0, 4)
                .Select(_ => string.Concat(Enumerable.Range(0, random.Next(5)).Select(_ => Fragments[random.Next(Fragments.Length)])))];
            var line = $"/x {Quoted(texts[0])} --a {Quoted(texts[1])} --b={Quoted(texts[2])} {Quoted(texts[3])}";
            var values = await ArgumentTests.Values(
                b => b.Argument("t", ParameterType.Text).Option("a", ParameterType.Text).Option("b", ParameterType.Text).Remainder("r"),
                line);
            for (var i = 0; i < texts.Length; i++) Assert.AreEqual(texts[i], values.Get<string>(i), $"seed {seed}");
        }
    }

    [TestMethod]
    public async Task AGeneratedLineIsReadAsItWasMeant()
    {
        for (var seed = 0; seed < 20_000; seed++)
        {
            var shapes = new RandomShapes(new Random(seed));
            var entry = Stand.Entry(shapes.Shape());
            var parameters = entry.Descriptor.Parameters;
            var (line, said) = shapes.Say(parameters);
            var (values, error) = await Stand.Reader.ReadAsync(
                entry, LineBinder.Bind(parameters, line, 2), KnownEntities.Ana, default);
            Assert.IsNotNull(values, $"seed {seed}: {line}: {error}");
            for (var i = 0; i < said.Length; i++)
            {
                Assert.AreEqual(said[i] is not null, values.IsGiven(i), $"seed {seed}: {line}: {parameters[i].Name}");
                if (said[i] is object[] all) Assert.AreSequenceEqual(all, (object?[])values[i]!, $"seed {seed}: {line}");
                else if (said[i] is { } one) Assert.AreEqual(one, values[i], $"seed {seed}: {line}: {parameters[i].Name}");
            }
        }
    }

    [TestMethod]
    public async Task ADamagedLineGivesValuesOrAnErrorWithinIt()
    {
        for (var seed = 0; seed < 20_000; seed++)
        {
            var random = new Random(seed);
            var shapes = new RandomShapes(random);
            var entry = Stand.Entry(shapes.Shape());
            var parameters = entry.Descriptor.Parameters;
            var line = shapes.Say(parameters).Line;
            for (var i = random.Next(1, 4); i > 0; i--)
            {
                var at = random.Next(2, line.Length + 1);
                line = random.Next(2) == 0
                    ? line.Insert(at, Fragments[random.Next(Fragments.Length)])
                    : line.Remove(at, Math.Min(random.Next(4), line.Length - at));
            }
            var bound = LineBinder.Bind(parameters, line, 2);
            var (values, error) = await Stand.Reader.ReadAsync(entry, bound, KnownEntities.Ana, default);
            Assert.IsTrue(values is null != error is null, $"seed {seed}: {line}");
            foreach (var piece in bound.Pieces)
                Assert.IsTrue(piece.Span is { Start: >= 2, Length: >= 0 } span && span.End <= line.Length, $"seed {seed}: {line}: {piece}");
            if (error is not null)
                Assert.IsTrue(
                    error.Span is { Start: >= 2, Length: >= 0 } span && span.End <= line.Length, $"seed {seed}: {line}: {error.Span}");
            if (values is not null) CommandChecks.FirstError(parameters, values, bound, KnownEntities.Ana);
        }
    }

    [TestMethod]
    public void AWordIsReadAsItWasWritten()
    {
        for (var seed = 0; seed < 20_000; seed++)
        {
            var random = new Random(seed);
            var text = string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => Fragments[random.Next(Fragments.Length)]));
            var reader = new WordReader(WordReader.Written(text) + " x", 0);
            var word = reader.Read();
            var isNoOption = word.IsLiteral || !text.StartsWith("--", StringComparison.Ordinal);
            Assert.AreEqual((text, true, true), (word.Text, word.IsClosed, isNoOption), $"seed {seed}");
            Assert.IsTrue(reader.SkipSpace() && reader.Read().Text == "x" && !reader.SkipSpace(), $"seed {seed}");
        }
    }

    [TestMethod]
    public void ANameIsFoundHoweverItIsTyped()
    {
        string[] names = ["kick", "expulsár", "ban rede", "conta críar já", "ß", "中 文"];
        var owner = new PluginOwner("test", null!, TimeProvider.System);
        var catalogue = CommandCatalogue.Of(names.Select(name => new CatalogueEntry(Stand.Command(name).Build(), owner)));
        for (var seed = 0; seed < 5_000; seed++)
        {
            var random = new Random(seed);
            var name = names[random.Next(names.Length)];
            var typed = string.Concat(name.Select(c =>
                c == ' ' ? (random.Next(2) == 0 ? " " : " \t ") : random.Next(2) == 0 ? char.ToUpperInvariant(c).ToString() : $"{c}"));
            if (random.Next(3) == 0) typed = typed.Normalize(NormalizationForm.FormD);
            var line = "/" + typed + (random.Next(2) == 0 ? "" : " resto \ud800");
            Assert.AreEqual(name, catalogue.FindIn(line, out var end)?.Descriptor.Name, $"seed {seed}: {line}");
            Assert.AreEqual(typed.Length + 1, end, $"seed {seed}: {line}");
            Assert.AreEqual(name, catalogue.Find($" {typed} ")?.Descriptor.Name, $"seed {seed}: {line}");
        }
    }

    [TestMethod]
    public async Task TheWholePipelineNeverThrows()
    {
        var stand = new Stand(
            Stand.Command("x").Variadic("t", ParameterType.Text), Stand.Command("x y").Option("a", ParameterType.Integer));
        for (var seed = 0; seed < 2_000; seed++)
        {
            var random = new Random(seed);
            var line = "/" + string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => Fragments[random.Next(Fragments.Length)]));
            Assert.AreNotEqual("command_failed", (await stand.Sends(KnownEntities.Bia, line)).Code, $"seed {seed}: {line}");
        }
        Assert.AreEqual(0, stand.Owner.Held);
    }

    private static string Quoted(string text) =>
        new StringBuilder(text).Replace("\\", "\\\\").Replace("\"", "\\\"").Insert(0, '"').Append('"').ToString();

    private static CommandBuilder RandomShape(Random random)
    {
        var command = Stand.Command("x");
        foreach (var name in new[] { "a", "b", "c" }.Take(random.Next(4)))
        {
            if (random.Next(3) == 0) command.Flag(name);
            else command.Option(name, Types[random.Next(Types.Length)]);
        }
        for (var i = random.Next(3); i > 0; i--) command.Argument("p" + i, Types[random.Next(Types.Length)]);
        return random.Next(3) switch
        {
            0 => command.Remainder("r"),
            1 => command.Variadic("v", Types[random.Next(Types.Length)]),
            _ => command,
        };
    }
}
