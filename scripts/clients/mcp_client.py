"""Speaks to `shirube mcp` with the official Python SDK of the Model Context Protocol: every tool, a wrong argument, a resource."""

import asyncio
import sys

from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client

LOG = (
    "InstallProfile: (4026) プロファイル\"a\"がパスワード変更を要求している可能性があります、"
    "パスワードを変更できません。"
)


async def main(program):
    server = StdioServerParameters(command=program, args=["mcp", "--now", "2026-11-23"])
    async with stdio_client(server) as (reading, writing), ClientSession(reading, writing) as session:
        await session.initialize()
        tools = {tool.name: tool for tool in (await session.list_tools()).tools}
        assert set(tools) == {"answer_log", "search_manual", "explain_code", "get_article"}, tools
        assert "BizMobile Go!" in tools["answer_log"].description

        # The SDK itself holds what is structured to the output schema of the tool.
        async def call(name, **arguments):
            result = await session.call_tool(name, arguments)
            data = result.model_dump(by_alias=True)
            assert not data["isError"], data
            return data["structuredContent"]

        answer = await call("answer_log", log=LOG)
        remedy = answer["incidents"][0]["remedies"][0]
        assert remedy["destructive"] and remedy["cautions"], remedy
        assert (await call("search_manual", question="同期が完了しない"))["incidents"]
        assert (await call("explain_code", code="0x80180014"))["codes"]
        assert (await call("get_article", id=remedy["passage_id"]))["markdown"]
        assert (await call("get_article", id=remedy["id"]))["markdown"]

        # A mistake that a model can mend is a result that it sees, no error of the protocol.
        for arguments in [{"log": LOG, "limit": 0}, {"log": 5}, {}, {"log": LOG, "colour": "red"}]:
            refused = (await session.call_tool("answer_log", arguments)).model_dump(by_alias=True)
            assert refused["isError"], (arguments, refused)

        resources = (await session.list_resources()).resources
        read = await session.read_resource(resources[0].uri)
        assert read.contents[0].text, read
        print(f"the Python SDK called {len(tools)} tools and read 1 of {len(resources)} resources")


asyncio.run(main(sys.argv[1]))
