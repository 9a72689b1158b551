namespace Chat.TestKit.Tests;

[TestClass]
public sealed class ConversationTests
{
    [TestMethod]
    public Task UsersTalk() => RunAsync("""
        # skipped: hello and presence
        ana connects
        bia connects
        ana > {"type":"login","user":"ana"}
        ana < {"type":"welcome","user":"ana","token":"$token","rooms":["geral"],"direct":[],"id":null}
        ana < {"type":"joined","room":"geral","messages":[{"seq":1,"text":"*"}]}
        ana < nothing
        ana > {"echo":"$token","price":"$$5"}
        ana < {"type":"notice","text":"$token"}
        ana < {"type":"notice","text":"$$5"}
        bia < {"type":"hello","protocol":1,"limits":{"frame":16384}}
        bia < nothing
        daemon restarts
        ana is closed
        ana connects
        ana < nothing
        ana stops sending
        ana is closed
        bia connects
        bia breaks off
        bia connects
        bia > bye
        bia < {"type":"bye","reason":"logout"}
        bia is closed
        bia closes
        """);

    [TestMethod]
    [DataRow("""ana < {"type":"notice","text":"b"}""", """where text is "a", and not "b".""", DisplayName = "another value")]
    [DataRow("""ana < {"type":"reply"}""", """where type is "notice", and not "reply".""", DisplayName = "another type")]
    [DataRow("""ana < {"type":"notice","room":"*"}""", "without room.", DisplayName = "a field missing")]
    [DataRow(
        """ana < {"type":"notice","text":null}""",
        """where text is "a", and not null.""",
        DisplayName = "a field that should be absent")]
    [DataRow("""ana < {"text":{"a":1}}""", """where text is "a", and not {"a":1}.""", DisplayName = "an object wanted")]
    [DataRow("""ana < {"text":["a"]}""", """where text is "a", and not ["a"].""", DisplayName = "an array wanted")]
    [DataRow("ana < nothing", "ana expected nothing; came:", DisplayName = "nothing wanted")]
    public async Task NamesTheLineAndTheDifference(string step, string difference)
    {
        var failure = await Assert.ThrowsExactlyAsync<ExpectationException>(
            () => RunAsync($"ana connects\n\n# it says a\nana > a\n{step}"));
        Assert.StartsWith($"talk.chat:5: {step}\n", failure.Message);
        Assert.Contains(difference.TrimEnd('.'), failure.Message);
        Assert.Contains("""{"type":"notice","text":"a"}""", failure.Message);
    }

    [TestMethod]
    public async Task ComparesALaterValueWithTheCapturedOne()
    {
        var failure = await Assert.ThrowsExactlyAsync<ExpectationException>(() => RunAsync("""
            ana connects
            ana > a
            ana < {"text":"$said"}
            ana > b
            ana < {"text":"$said"}
            """));
        Assert.Contains("""where text is "b", and not "a""", failure.Message);
    }

    [TestMethod]
    [DataRow("ana connects\nana <{}", "talk.chat:2: no step: ana <{}")]
    [DataRow("ana sleeps", "talk.chat:1: no step: ana sleeps")]
    [DataRow("daemon sleeps", "talk.chat:1: no step: daemon sleeps")]
    [DataRow("ana < [1]", "talk.chat:1: a pattern is an object: [1]")]
    [DataRow("ana < {1}", "talk.chat:1: no JSON: {1}")]
    [DataRow("# nothing", "talk.chat: nobody says anything")]
    public async Task RefusesLinesThatAreNotSteps(string text, string message) =>
        Assert.AreEqual(message, (await Assert.ThrowsExactlyAsync<FormatException>(() => RunAsync(text))).Message);

    [TestMethod]
    [DataRow("ana > x", "talk.chat:1: ana > x\nana is not connected")]
    [DataRow("ana connects\nana > \"$x\"", "talk.chat:2: ana > \"$x\"\n$x was not captured")]
    public async Task RefusesImpossibleSteps(string text, string message) =>
        Assert.AreEqual(message, (await Assert.ThrowsExactlyAsync<ExpectationException>(() => RunAsync(text))).Message);

    [TestMethod]
    public async Task RunsFiles()
    {
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(path, "ana connects\nana < nothing\n");
            await using var daemon = new ScriptedDaemon(_ => []);
            await Conversation.RunFileAsync(path, daemon);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static async Task RunAsync(string text)
    {
        await using var daemon = new ScriptedDaemon(Answer);
        await Conversation.RunAsync("talk.chat", text, daemon);
    }

    private static IEnumerable<string> Answer(string line) => line switch
    {
        ['{', '"', 't', ..] =>
        [
            """{"type":"welcome","user":"ana","roles":[],"token":"abc","rooms":["geral"],"direct":[]}""",
            """{"type":"presence","room":"geral","joined":["ana"]}""",
            """{"type":"joined","room":"geral","seq":1,"first":1,"messages":"""
            + """[{"seq":1,"from":"x","text":"y","at":"2026-03-01T12:00:00.000Z"}],"more":false}""",
        ],
        """{"echo":"abc","price":"$5"}""" => [TestClientTests.Notice("abc"), TestClientTests.Notice("$5")],
        "bye" => [ScriptedDaemon.Bye],
        _ => [TestClientTests.Notice(line)],
    };
}
