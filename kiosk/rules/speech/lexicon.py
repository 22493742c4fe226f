"""Words that announcements use and the dictionaries lack or read otherwise, in simplified characters.

A word list decides two things: where the words are (客人 · 为您, not 客 · 人为 · 您), and how they are read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

# Words with their readings; syllables are written together.
_READ = """
先生 xian1sheng5 小姐 xiao3jie3 女士 nv3shi4 太太 tai4tai5 师傅 shi1fu5 朋友 peng2you5 小朋友 xiao3peng2you3
孩子 hai2zi5 妈妈 ma1ma5 爸爸 ba4ba5 爷爷 ye2ye5 奶奶 nai3nai5 哥哥 ge1ge5 姐姐 jie3jie5 弟弟 di4di5 妹妹 mei4mei5
叔叔 shu1shu5 儿子 er2zi5 妻子 qi1zi5 女儿 nv3er2 我们 wo3men5 你们 ni3men5 他们 ta1men5 她们 ta1men5 它们 ta1men5
咱们 zan2men5 人们 ren2men5 谢谢 xie4xie5 衣服 yi1fu5 钥匙 yao4shi5 地方 di4fang5 时候 shi2hou5 东西 dong1xi5
便宜 pian2yi5 休息 xiu1xi5 商量 shang1liang5 喜欢 xi3huan5 知道 zhi1dao4 什么 shen2me5 怎么 zen3me5 这么 zhe4me5
那么 na4me5 为什么 wei4shen2me5 多么 duo1me5 头发 tou2fa5 耳朵 er3duo5 眼睛 yan3jing5 眼镜 yan3jing4 葡萄 pu2tao5
豆腐 dou4fu5 馒头 man2tou5 石榴 shi2liu5 萝卜 luo2bo5 枕头 zhen3tou5 鞋子 xie2zi5 帽子 mao4zi5 裤子 ku4zi5
袜子 wa4zi5 被子 bei4zi5 杯子 bei1zi5 盘子 pan2zi5 筷子 kuai4zi5 箱子 xiang1zi5 袋子 dai4zi5 柜子 gui4zi5
椅子 yi3zi5 桌子 zhuo1zi5 房子 fang2zi5 裙子 qun2zi5 盒子 he2zi5 瓶子 ping2zi5 车子 che1zi5 日子 ri4zi5
样子 yang4zi5 粽子 zong4zi5 饺子 jiao3zi5 橘子 ju2zi5 柿子 shi4zi5 包子 bao1zi5 镜子 jing4zi5 梯子 ti1zi5
里面 li3mian4 上面 shang4mian4 外面 wai4mian4 里边 li3bian5 这里 zhe4li3 那里 na4li3 哪里 na3li3 这儿 zhe4er5
意思 yi4si5 关系 guan1xi5 麻烦 ma2fan5 漂亮 piao4liang5 舒服 shu1fu5 暖和 nuan3huo5 凉快 liang2kuai5 热闹 re4nao5
干净 gan1jing4 新鲜 xin1xian1 海鲜 hai3xian1 生鲜 sheng1xian1 鲜花 xian1hua1 清楚 qing1chu5 明白 ming2bai5
告诉 gao4su5 招呼 zhao1hu5 当天 dang4tian1 当日 dang4ri4 当晚 dang4wan3 当月 dang4yue4 当年 dang1nian2
当场 dang1chang3 当心 dang1xin1 当面 dang1mian4 当前 dang1qian2 当季 dang1ji4 当代 dang1dai4 应当 ying1dang1
每当 mei3dang1 适当 shi4dang4 妥当 tuo3dang4 恰当 qia4dang4 当作 dang4zuo4 当成 dang4cheng2 便当 bian4dang1
便民 bian4min2 方便 fang1bian4 随便 sui2bian4 便利 bian4li4 便利店 bian4li4dian4 顺便 shun4bian4 便携 bian4xie2
供应 gong1ying4 供给 gong1ji3 供货 gong1huo4 提供 ti2gong1 供餐 gong1can1 应有尽有 ying1you3jin4you3 应急 ying4ji2
应季 ying4ji4 应该 ying1gai1 应届 ying1jie4 适应 shi4ying4 反应 fan3ying4 响应 xiang3ying4 相应 xiang1ying4
答应 da1ying5 对应 dui4ying4 应对 ying4dui4 重新 chong2xin1 重复 chong2fu4 重开 chong2kai1 重装 chong2zhuang1
重播 chong2bo1 重逢 chong2feng2 重庆 chong2qing4 双重 shuang1chong2 多重 duo1chong2 几重 ji3chong2 重重 chong2chong2
重阳 chong2yang2 重阳节 chong2yang2jie2 重现 chong2xian4 重返 chong2fan3 三重 san1chong2 两重 liang3chong2
贵重 gui4zhong4 重要 zhong4yao4 重点 zhong4dian3 重量 zhong4liang4 隆重 long2zhong4 称重 cheng1zhong4
净重 jing4zhong4 体重 ti3zhong4 重物 zhong4wu4 注重 zhu4zhong4 尊重 zun1zhong4 严重 yan2zhong4 重大 zhong4da4
重磅 zhong4bang4 音乐 yin1yue4 乐器 yue4qi4 乐队 yue4dui4 乐曲 yue4qu3 乐园 le4yuan2 快乐 kuai4le4 欢乐 huan1le4
娱乐 yu2le4 乐意 le4yi4 乐趣 le4qu4 银行 yin2hang2 行业 hang2ye4 行家 hang2jia1 商行 shang1hang2 车行 che1hang2
行李 xing2li5 行李箱 xing2li5xiang1 行人 xing2ren2 行走 xing2zou3 举行 ju3xing2 进行 jin4xing2 自行 zi4xing2
自行车 zi4xing2che1 通行 tong1xing2 流行 liu2xing2 旅行 lv3xing2 执行 zhi2xing2 步行 bu4xing2 一行 yi1xing2
行程 xing2cheng2 排行 pai2hang2 排行榜 pai2hang2bang3 央行 yang1hang2 随行 sui2xing2 发行 fa1xing2 送行 song4xing2
店长 dian4zhang3 部长 bu4zhang3 科长 ke1zhang3 课长 ke4zhang3 组长 zu3zhang3 队长 dui4zhang3 班长 ban1zhang3
校长 xiao4zhang3 院长 yuan4zhang3 会长 hui4zhang3 市长 shi4zhang3 处长 chu4zhang3 董事长 dong3shi4zhang3
家长 jia1zhang3 成长 cheng2zhang3 生长 sheng1zhang3 增长 zeng1zhang3 长大 zhang3da4 长辈 zhang3bei4 首长 shou3zhang3
延长 yan2chang2 长度 chang2du4 长期 chang2qi1 长袖 chang2xiu4 长裤 chang2ku4 长裙 chang2qun2 长城 chang2cheng2
长安 chang2an1 长沙 chang2sha1 长春 chang2chun1 长江 chang2jiang1 长久 chang2jiu3 专长 zhuan1chang2 数量 shu4liang4
数码 shu4ma3 数字 shu4zi4 数据 shu4ju4 人数 ren2shu4 件数 jian4shu4 次数 ci4shu4 积分数 ji1fen1shu4 倍数 bei4shu4
无数 wu2shu4 数一数 shu3yi5shu3 数数 shu3shu4 数不清 shu3bu5qing1 数到 shu3dao4 数清 shu3qing1 限量 xian4liang4
质量 zhi4liang4 大量 da4liang4 测量 ce4liang2 量血压 liang2xue4ya1 量体温 liang2ti3wen1 量身 liang2shen1
量尺寸 liang2chi3cun5 量贩 liang4fan4 客流量 ke4liu2liang4 处理 chu3li3 相处 xiang1chu3 处方 chu3fang1
处方药 chu3fang1yao4 到处 dao4chu4 办事处 ban4shi4chu4 好处 hao3chu4 各处 ge4chu4 出处 chu1chu4 入口处 ru4kou3chu4
出口处 chu1kou3chu4 服务处 fu2wu4chu4 存包处 cun2bao1chu4 何处 he2chu4 此处 ci3chu4 售票处 shou4piao4chu4
处于 chu3yu2 了解 liao3jie3 受不了 shou4bu5liao3 少不了 shao3bu5liao3 为了 wei4le5 除了 chu2le5 到了 dao4le5
来了 lai2le5 了结 liao3jie2 明了 ming2liao3 得到 de2dao4 获得 huo4de2 取得 qu3de2 赢得 ying2de2 得奖 de2jiang3
得知 de2zhi1 得出 de2chu1 不得 bu4de2 心得 xin1de2 难得 nan2de2 值得 zhi2de2 得以 de2yi3 所得 suo3de2 得分 de2fen1
觉得 jue2de5 记得 ji4de5 懂得 dong3de5 显得 xian3de5 舍得 she3de5 免得 mian3de5 晓得 xiao3de5 不得不 bu4de2bu4
得先 dei3xian1 得排 dei3pai2 得去 dei3qu4 还得 hai2dei3 总得 zong3dei3 可得 ke3de2 均可得 jun1ke3de2
总服务台 zong3fu2wu4tai2 必得 bi4de2 不得已 bu4de2yi3 地下 di4xia4 地面 di4mian4 地址 di4zhi3 地铁 di4tie3
地板 di4ban3 当地 dang1di4 场地 chang3di4 产地 chan3di4 目的地 mu4di4di4 目的 mu4di4 地点 di4dian3 地区 di4qu1
地毯 di4tan3 落地 luo4di4 工地 gong1di4 外地 wai4di4 本地 ben3di4 地图 di4tu2 还有 hai2you3 还是 hai2shi4
还要 hai2yao4 还可 hai2ke3 还可以 hai2ke3yi3 还能 hai2neng2 还没 hai2mei2 还在 hai2zai4 还将 hai2jiang1
还会 hai2hui4 还不 hai2bu4 归还 gui1huan2 退还 tui4huan2 返还 fan3huan2 还给 huan2gei3 还款 huan2kuan3
偿还 chang2huan2 借还 jie4huan2 交还 jiao1huan2 送还 song4huan2 还回 huan2hui2 还伞 huan2san3 还车 huan2che1
还书 huan2shu1 有借有还 you3jie4you3huan2 还原 huan2yuan2 按时还 an4shi2huan2 只有 zhi3you3 只要 zhi3yao4
只能 zhi3neng2 只限 zhi3xian4 只需 zhi3xu1 只是 zhi3shi4 不只 bu4zhi3 船只 chuan2zhi1 只剩 zhi3sheng4 只收 zhi3shou1
只在 zhi3zai4 为您 wei4nin2 为期 wei2qi1 为止 wei2zhi3 为准 wei2zhun3 为主 wei2zhu3 成为 cheng2wei2 作为 zuo4wei2
认为 ren4wei2 称为 cheng1wei2 分为 fen1wei2 改为 gai3wei2 因为 yin1wei4 为此 wei4ci3 为何 wei4he2
调整为 tiao2zheng3wei2 时间为 shi2jian1wei2 电话为 dian4hua4wei2 价格为 jia4ge2wei2 变为 bian4wei2 视为 shi4wei2
行为 xing2wei2 均为 jun1wei2 号码为 hao4ma3wei2 编号为 bian1hao4wei2 名为 ming2wei2 为大家 wei4da4jia1
为顾客 wei4gu4ke4 为孩子 wei4hai2zi5 为安全 wei4an1quan2 调换 diao4huan4 调整 tiao2zheng3 空调 kong1tiao2
调料 tiao2liao4 调节 tiao2jie2 调味 tiao2wei4 调试 tiao2shi4 调查 diao4cha2 色调 se4diao4 强调 qiang2diao4
单调 dan1diao4 协调 xie2tiao2 调料品 tiao2liao4pin3 折扣 zhe2kou4 打折 da3zhe2 折后 zhe2hou4 折叠 zhe2die2
折上折 zhe2shang4zhe2 对折 dui4zhe2 骨折 gu3zhe2 折页 zhe2ye4 折价 zhe2jia4 高兴 gao1xing4 兴趣 xing4qu4
兴奋 xing1fen4 中奖 zhong4jiang3 中暑 zhong4shu3 中秋 zhong1qiu1 中央 zhong1yang1 中庭 zhong1ting2 中心 zhong1xin1
积分 ji1fen1 部分 bu4fen5 成分 cheng2fen4 充分 chong1fen4 分钟 fen1zhong1 分享 fen1xiang3 参与 can1yu4 与您 yu3nin2
给予 ji3yu3 赠与 zeng4yu3 更换 geng1huan4 更新 geng1xin1 更衣 geng1yi1 更衣室 geng1yi1shi4 更改 geng1gai3
更多 geng4duo1 更加 geng4jia1 变更 bian4geng1 尽快 jin3kuai4 尽量 jin3liang4 尽早 jin3zao3 尽头 jin4tou2
尽情 jin4qing2 尽享 jin4xiang3 尽在 jin4zai4 售完 shou4wan2 卷尺 juan3chi3 蛋卷 dan4juan3 优惠券 you1hui4quan4
代金券 dai4jin1quan4 入场券 ru4chang3quan4 停车券 ting2che1quan4 礼券 li3quan4 券 quan4 爱好 ai4hao4 好奇 hao4qi2
喜好 xi3hao4 友好 you3hao3 正月 zheng1yue4 正在 zheng4zai4 假日 jia4ri4 假期 jia4qi1 放假 fang4jia4 暑假 shu3jia4
寒假 han2jia4 请假 qing3jia4 休假 xiu1jia4 真假 zhen1jia3 假货 jia3huo4 理发 li3fa4 美发 mei3fa4 洗发 xi3fa4
洗发水 xi3fa4shui3 护发 hu4fa4 发型 fa4xing2 发现 fa1xian4 发生 fa1sheng1 发放 fa1fang4 出发 chu1fa1 干发 gan1fa4
染发 ran3fa4 烫发 tang4fa4 发卡 fa4qia3 发夹 fa4jia1 干洗 gan1xi3 饼干 bing3gan1 干货 gan1huo4 干果 gan1guo3
风干 feng1gan1 干燥 gan1zao4 干部 gan4bu4 干活 gan4huo2 能干 neng2gan4 烘干 hong1gan1 空间 kong1jian1 空位 kong4wei4
填空 tian2kong4 空闲 kong4xian2 有空 you3kong4 航空 hang2kong1 空气 kong1qi4 抽空 chou1kong4 空车位 kong4che1wei4
看管 kan1guan3 看护 kan1hu4 看守 kan1shou3 看好 kan1hao3 看见 kan4jian4 照看 zhao4kan4 系好 ji4hao3 系紧 ji4jin3
系上 ji4shang4 系列 xi4lie4 联系 lian2xi4 系统 xi4tong3 系鞋带 ji4xie2dai4 抢购 qiang3gou4 倒车 dao4che1
倒计时 dao4ji4shi2 倒下 dao3xia4 跌倒 die1dao3 滑倒 hua2dao3 摔倒 shuai1dao3 晕倒 yun1dao3 头晕 tou2yun1
倒退 dao4tui4 背包 bei1bao1 双肩背包 shuang1jian1bei1bao1 背后 bei4hou4 转身 zhuan3shen1 旋转 xuan2zhuan3
转盘 zhuan4pan2 转动 zhuan4dong4 转账 zhuan3zhang4 转角 zhuan3jiao3 左转 zuo3zhuan3 右转 you4zhuan3
旋转木马 xuan2zhuan3mu4ma3 走散 zou3san4 散步 san4bu4 散装 san3zhuang1 疏散 shu1san4 散落 san4luo4
丢三落四 diu1san1la4si4 落下 la4xia4 遗落 yi2luo4 角落 jiao3luo4 落实 luo4shi2 降价 jiang4jia4 下降 xia4jiang4
直降 zhi2jiang4 立降 li4jiang4 降落 jiang4luo4 店铺 dian4pu4 商铺 shang1pu4 铺位 pu4wei4 铺设 pu1she4 模样 mu2yang4
模型 mo2xing2 模特 mo2te4 磨损 mo2sun3 首都 shou3du1 成都 cheng2du1 都市 du1shi4 都是 dou1shi4 都有 dou1you3
都能 dou1neng2 京都 jing1du1 结账 jie2zhang4 结束 jie2shu4 结实 jie1shi5 结果 jie2guo3 结婚 jie2hun1 角色 jue2se4
主角 zhu3jue2 转载 zhuan3zai3 下载 xia4zai4 记载 ji4zai3 载客 zai4ke4 搭载 da1zai4 乘坐 cheng2zuo4 乘车 cheng2che1
换乘 huan4cheng2 着火 zhao2huo3 着急 zhao2ji2 着装 zhuo2zhuang1 着凉 zhao2liang2 穿着 chuan1zhuo2 沿着 yan2zhe5
随着 sui2zhe5 接着 jie1zhe5 着力 zhuo2li4 着重 zhuo2zhong4 衣着 yi1zhuo2 身着 shen1zhuo2 着名 zhu4ming2
着作 zhu4zuo4 显着 xian3zhu4 名着 ming2zhu4 带着 dai4zhe5 大夫 dai4fu5 丈夫 zhang4fu5 功夫 gong1fu5 工夫 gong1fu5
差点 cha4dian3 差价 cha1jia4 差别 cha1bie2 出差 chu1chai1 差异 cha1yi4 误差 wu4cha1 差一 cha4yi1 相差 xiang1cha4
落差 luo4cha1 温差 wen1cha1 照相 zhao4xiang4 照相机 zhao4xiang4ji1 相机 xiang4ji1 相片 xiang4pian4 相册 xiang4ce4
相见 xiang1jian4 相同 xiang1tong2 相关 xiang1guan1 相信 xiang1xin4 露天 lu4tian1 露营 lu4ying2 显露 xian3lu4
沐浴露 mu4yu4lu4 洗衣露 xi3yi1lu4 量子 liang4zi3 涨价 zhang3jia4 上涨 shang4zhang3 要求 yao1qiu2 需要 xu1yao4
主要 zhu3yao4 少年 shao4nian2 青少年 qing1shao4nian2 少儿 shao4er2 老少 lao3shao4 减少 jian3shao3 多少 duo1shao5
少女 shao4nv3 少数 shao3shu4 切勿 qie4wu4 一切 yi1qie4 亲切 qin1qie4 切换 qie1huan4 切片 qie1pian4 现切 xian4qie1
鲜切 xian1qie1 血压 xue4ya1 流血 liu2xue4 血型 xue4xing2 献血 xian4xue4 强化 qiang2hua4 勉强 mian3qiang3
冲洗 chong1xi3 冲调 chong1tiao2 薄荷 bo4he5 薄饼 bao2bing3 薄脆 bao2cui4 轻薄 qing1bo2 削皮 xiao1pi2 剥削 bo1xue1
削减 xue1jian3 扎啤 zha1pi2 包扎 bao1za1 扎实 zha1shi5 挣扎 zheng1zha2 炸鸡 zha2ji1 油炸 you2zha2 爆炸 bao4zha4
炸酱面 zha2jiang4mian4 曝光 bao4guang1 曲奇 qu3qi2 曲目 qu3mu4 歌曲 ge1qu3 迎宾曲 ying2bin1qu3 送宾曲 song4bin1qu3
弯曲 wan1qu1 厦门 xia4men2 大厦 da4sha4 台州 tai1zhou1 六安 lu4an1 蚌埠 beng4bu4 番禺 pan1yu2 洪洞 hong2tong2
铅山 yan2shan1 丽水 li2shui3 天台山 tian1tai1shan1 莘庄 xin1zhuang1 天坛 tian1tan2 朝阳 chao2yang2
朝阳区 chao2yang2qu1 大栅栏 da4shi5lan4 西藏 xi1zang4 宝藏 bao3zang4 珍藏 zhen1cang2 收藏 shou1cang2 冷藏 leng3cang2
储藏 chu3cang2 传统 chuan2tong3 宣传 xuan1chuan2 传单 chuan2dan1 订单 ding4dan1 菜单 cai4dan1 名单 ming2dan1
单位 dan1wei4 单价 dan1jia4 单品 dan1pin3 清单 qing1dan1 单独 dan1du2 单号 dan1hao4 单反 dan1fan3
销货单 xiao1huo4dan1 满单 man3dan1 每单 mei3dan1 床单 chuang2dan1 传真 chuan2zhen1 自传 zi4zhuan4 检查 jian3cha2
查询 cha2xun2 查看 cha2kan4 解决 jie3jue2 解释 jie3shi4 解答 jie3da2 区域 qu1yu4 专区 zhuan1qu1 社区 she4qu1
小区 xiao3qu1 任何 ren4he2 任务 ren4wu5 任意 ren4yi4 曾经 ceng2jing1 未曾 wei4ceng2 盖子 gai4zi5 覆盖 fu4gai4
朴素 pu3su4 报仇 bao4chou2 会员 hui4yuan2 会计 kuai4ji4 会场 hui4chang3 机会 ji1hui4 一会儿 yi2hui4er5
便会 bian4hui4 塞车 sai1che1 堵塞 du3se4 瓶塞 ping2sai1 住宿 zhu4su4 宿舍 su4she4 朝向 chao2xiang4 称职 chen4zhi2
对称 dui4chen4 称心 chen4xin1 名称 ming2cheng1 匀称 yun2chen4 盛大 sheng4da4 盛装 sheng4zhuang1 盛饭 cheng2fan4
丰盛 feng1sheng4 弹簧 tan2huang2 弹性 tan2xing4 弹琴 tan2qin2 子弹 zi3dan4 鸟巢 niao3chao2 省钱 sheng3qian2
省心 sheng3xin1 广东省 guang3dong1sheng3 挑选 tiao1xuan3 挑战 tiao3zhan4 提前 ti2qian2 提防 di1fang5 似乎 si4hu1
似的 shi4de5 呕吐 ou3tu4 禁止 jin4zhi3 禁烟 jin4yan1 不禁 bu4jin1 悄悄 qiao1qiao1 翘起 qiao4qi3 泡沫 pao4mo4
晃动 huang4dong4 卡通 ka3tong1 关卡 guan1qia3 卡住 qia3zhu4 说服 shuo1fu2 游说 you2shui4 吓人 xia4ren2
钻石 zuan4shi2 钻戒 zuan4jie4 钻卡 zuan4ka3 夹克 jia1ke4 夹子 jia1zi5 夹层 jia1ceng2 人参 ren2shen1 参加 can1jia1
参观 can1guan1 参考 can1kao3 效率 xiao4lv4 率先 shuai4xian1 率领 shuai4ling3 税率 shui4lv4 纤维 xian1wei2
化纤 hua4xian1 哄抢 hong1qiang3 秘鲁 bi4lu3 秘密 mi4mi4 勾当 gou4dang4 圈子 quan1zi5 羊圈 yang2juan4 恶心 e3xin5
可恶 ke3wu4 冠军 guan4jun1 皇冠 huang2guan1 花冠 hua1guan1 鸡冠 ji1guan1 观众 guan1zhong4 供水 gong1shui3
供奉 gong4feng4 茄子 qie2zi5 番茄 fan1qie2 雪茄 xue3jia1 轧 ya4 咖喱 ga1li2 咖啡 ka1fei1 芒果 mang2guo3
龟苓膏 gui1ling2gao1 螺蛳粉 luo2si1fen3 担担面 dan4dan4mian4 扁担 bian3dan5 担心 dan1xin1 负担 fu4dan1 担任 dan1ren4
数字化 shu4zi4hua4 正确 zheng4que4 给您 gei3nin2 自给 zi4ji3 累计 lei3ji4 积累 ji1lei3 劳累 lao2lei4 累了 lei4le5
累积 lei3ji1 裹着 guo3zhe5 迫切 po4qie4 沉没 chen2mo4 没收 mo4shou1 没有 mei2you3 淹没 yan1mo4 没关系 mei2guan1xi5
蒙古 meng3gu3 蒙牛 meng2niu2 难民 nan4min2 灾难 zai1nan4 困难 kun4nan5 宁波 ning2bo1 宁愿 ning4yuan4 南宁 nan2ning2
弄堂 long4tang2 片刻 pian4ke4 唱片 chang4pian4 湖泊 hu2po1 停泊 ting2bo2 停车 ting2che1 和风 he2feng1 和面 huo2mian4
暖和和 nuan3huo5huo5 附和 fu4he4 柔和 rou2he2 丝巾 si1jin1 奔跑 ben1pao3 投奔 tou2ben4 刹车 sha1che1 抹布 ma1bu4
涂抹 tu2mo3 抹茶 mo3cha2 折磨 zhe2mo2 石磨 shi2mo4 分量 fen4liang5 水分 shui3fen4 养分 yang3fen4 过分 guo4fen4
身分 shen1fen4 本分 ben3fen4 打扫 da3sao3 扫码 sao3ma3 扫帚 sao4zhou5 扫一扫 sao3yi5sao3 看一看 kan4yi5kan4
试一试 shi4yi5shi4 等一等 deng3yi5deng3 一下 yi2xia4 创可贴 chuang1ke3tie1 创伤 chuang1shang1 创意 chuang4yi4
答案 da2an4 回答 hui2da2 模具 mu2ju4 规模 gui1mo2 挨着 ai1zhe5 反省 fan3xing3 校对 jiao4dui4 学校 xue2xiao4
场合 chang3he2 一场 yi1chang3 场次 chang3ci4 广场 guang3chang3 商场 shang1chang3 电影 dian4ying3 幺 yao1
恭喜发财 gong1xi3fa1cai2 一日游 yi2ri4you2 第一 di4yi1 第一行 di4yi1hang2 第二行 di4er4hang2 第三行 di4san1hang2
两行 liang3hang2 三行 san1hang2 不用 bu4yong4 不要 bu4yao4 对不起 dui4bu5qi3 了不起 liao3bu5qi3 来得及 lai2de5ji2
来不及 lai2bu5ji2 舍不得 she3bu5de5 买得起 mai3de5qi3 用得着 yong4de5zhao2 找得到 zhao3de5dao4 看得见 kan4de5jian4
值得买 zhi2de5mai3
"""

# Words that need no reading of their own; listed so that their neighbours are cut off rightly.
_PLAIN = """
来宾 本公司 客人 顾客 各位 大家 商品 活动 期间 购物 满额 凭票 柜台 专柜 收银台 服务台 服务 人员 工作人员 营业员 营业
开门 关门 闭店 开始 结束语 光临 欢迎 感谢 再次 祝您 愉快 温馨 提示 请您 您的 您好 各种 前往 领取 办理 咨询 电梯 扶梯
手扶梯 自动扶梯 楼梯 安全 出口 紧急 广播 注意 失物 招领 遗失 拾到 物品 随身 保管 妥善 钱包 手机 雨伞 轮椅 婴儿车
寄存 存包柜 储物柜 停车场 车库 车牌 车牌号 车主 挪车 移动 车辆 快餐 美食 美食馆 超市 童装 女装 男装 化妆品 护肤 家电
家居 珠宝 黄金 运动 食品 特价 优惠 满减 赠品 换购 抽奖 礼品 会员卡 会员日 双倍 生日 周年庆 店庆 国庆 春节 元旦 上午
下午 中午 晚上 早上 凌晨 星期 周末 今天 明天 昨天 现在 目前 即将 分之 百分之 零下 摄氏度 公斤 毫升 平方米 千克 公里
小时 半小时 总台 一楼 二楼 三楼 四楼 五楼 六楼 七楼 八楼 九楼 地下一层 地下二层 地下一楼 东门 西门 南门 北门 大门
洗手间 母婴室 试衣间 卫生间 吸烟区 休息区 收银 产品 质保 发票 小票 退货 换货 退换 保修 维修 投诉 建议 客服 中心 医务
急救 医生 警察 保安 保洁 清洁 防盗 消防 通道 乘客 旅客 公交车 出租车
"""

_SYLLABLE = re.compile(r"[a-zü]+[1-5]")
_FIELDS = _READ.split()
WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {word: () for word in _PLAIN.split()}
    | {word: tuple(_SYLLABLE.findall(read)) for word, read in zip(_FIELDS[::2], _FIELDS[1::2], strict=True)}
)
"""Word: its syllables, () where each character is read as by itself."""

LONGEST = max(map(len, WORDS))

_ALONE = """
的 de5 了 le5 着 zhe5 得 de5 地 di4 们 men5 吗 ma5 呢 ne5 吧 ba5 么 me5 啊 a5 嘛 ma5 哦 o5 啦 la5 长 chang2 调 tiao2
卷 juan3 几 ji3 漂 piao4 干 gan1 量 liang4 削 xiao1 钻 zuan4 还 hai2 都 dou1 为 wei4 和 he2 当 dang1 只 zhi3
应 ying1 处 chu4 供 gong1 行 xing2 重 zhong4 乐 le4 数 shu4 便 bian4 单 dan1 卡 ka3 种 zhong3 柜 gui4 给 gei3
更 geng4 没 mei2 会 hui4 折 zhe2 假 jia4 尽 jin3 降 jiang4 兴 xing4 看 kan4 系 xi4 倒 dao4 落 luo4 散 san4 扎 zha1
炸 zha2 切 qie1 差 cha4 区 qu1 幺 yao1 俩 lia3 谁 shei2 那 na4 哪 na3 这 zhe4 里 li3 券 quan4 翘 qiao4 晕 yun1
露 lu4 宁 ning2 曲 qu3 薄 bao2 冲 chong1 模 mo2 铺 pu4 朝 chao2 载 zai4 称 cheng1 盛 sheng4 转 zhuan3 空 kong1
间 jian1 场 chang3 颗 ke1 壳 ke2 蚌 bang4 尺 chi3 拗 niu4 呦 you1 嗯 en5 哈 ha1 咯 lo5 呀 ya5 哇 wa1 噢 o1 旁 pang2
胖 pang4 塞 sai1 氏 shi4 泷 long2 蔓 man4 葚 shen4
"""
_ALONE_FIELDS = _ALONE.split()
ALONE = MappingProxyType(dict(zip(_ALONE_FIELDS[::2], _ALONE_FIELDS[1::2], strict=True)))
"""How a character that stands alone is read in announcements, where the dictionary's first reading is another."""
